import { describe, expect, test } from 'vitest';
import { structuralVariance } from '../src/hazard/credibility.ts';
import { assetCorrelation, clustering, periodsOf } from '../src/hazard/dependence.ts';
import { levelOn } from '../src/hazard/level.ts';
import { fitRunOff } from '../src/hazard/runOff.ts';
import { CODE_BOUNDS, codeMultiplier } from '../src/hazard/runtime.ts';
import {
  credibilityWeight,
  credibilityYears,
  effectiveYears,
  featuresOf,
  historyOf,
  type ProtocolRecord,
  posteriorRate,
  shockGroups,
  shockGroupsOf,
} from '../src/index.ts';
import { poissonDraw, randomOf } from '../src/statistics/random.ts';

const protocol: ProtocolRecord = {
  slug: 'lender-v2',
  name: 'Lender V2',
  categories: [
    { day: 100, name: 'Dexes' },
    { day: 1_000, name: 'Lending' },
  ],
  forkedFrom: ['Compound V2'],
  chains: ['BSC', 'Ethereum'],
  oracles: ['Chainlink', 'Band'],
  tvl: [
    { day: 100, usd: 5e6 },
    { day: 1_000, usd: 7e9 },
  ],
  lists: [],
  listed: 50,
  deadFrom: 900,
};

const exploit = {
  name: '',
  chains: [],
  technique: '',
  lossUsd: 1,
  recoveredUsd: 0,
  slugIsLater: false,
  isRugPull: false,
  isContagion: false,
  forkedFrom: [],
};

describe('features', () => {
  const history = historyOf([
    { ...exploit, day: 300, slug: 'lender-v2' },
    { ...exploit, day: 200, slug: 'lender-v1' },
  ]);

  test('hold nothing that became known later', () => {
    const early = featuresOf(protocol, 250, history);
    expect(early).toMatchObject({
      category: 'Dexs',
      isExploited: false,
      isDead: false,
      lastExploit: undefined,
    });
    expect(early.tvl?.usd).toBe(5e6);
    expect(early.isRelativeExploited).toBe(true);
    expect(featuresOf(protocol, 150, history).isRelativeExploited).toBe(false);
    expect(featuresOf(protocol, 40, history)).toMatchObject({ listed: undefined, tvl: undefined });
    // On the day itself an exploit is not known before it.
    expect(featuresOf(protocol, 300, history).isExploited).toBe(false);
    const late = featuresOf(protocol, 1_000, history);
    expect(late).toMatchObject({ category: 'Lending', isExploited: true, isDead: true, lastExploit: 300 });
    expect(late.tvl?.usd).toBe(7e9);
  });

  test('without incidents it is not known who was exploited; no value is not zero', () => {
    expect(featuresOf(protocol, 250).isExploited).toBeUndefined();
    expect(featuresOf({ ...protocol, tvl: [{ day: 1, usd: 0 }] }, 250).tvl).toBeUndefined();
  });

  test('insiders and passed-on losses are no history', () => {
    const none = historyOf([
      { ...exploit, day: 1, slug: 'lender-v2', isRugPull: true },
      { ...exploit, day: 1, slug: 'lender-v2', isContagion: true },
    ]);
    expect(featuresOf(protocol, 250, none).isExploited).toBe(false);
  });
});

describe('course', () => {
  const course = { age: [2, 1.5] as const, runOff: 0 };

  test('years are weighed by the bands of age, and not counted before listing', () => {
    const year = (listed: number | undefined) => effectiveYears({ start: 0, end: 365 }, listed, 0, course);
    expect(year(undefined)).toBeCloseTo(1, 12);
    expect(year(-1_000)).toBeCloseTo(1, 12);
    expect(year(0)).toBeCloseTo((91 * 2 + 92 * 1.5 + 182) / 365, 12);
    expect(year(265)).toBeCloseTo((91 * 2 + 9 * 1.5) / 365, 12);
    expect(year(10_000)).toBeLessThan(1e-5);
  });

  test('the run-off counts from the day of the list', () => {
    const run = { age: [1, 1] as const, runOff: 0.3 };
    expect(effectiveYears({ start: 0, end: 365 }, undefined, 0, run)).toBeCloseTo(
      (1 - Math.exp(-0.3)) / 0.3,
      12,
    );
    expect(effectiveYears({ start: 365, end: 730 }, undefined, 0, run)).toBeCloseTo(
      (Math.exp(-0.3) - Math.exp(-0.6)) / 0.3,
      12,
    );
  });

  test('a known run-off is found again, and few events leave the prior', () => {
    const years = 3;
    const mass = 1 - Math.exp(-0.4 * years);
    const days = Array.from(
      { length: 2_000 },
      (_, i) => (-Math.log1p((-(i + 0.5) / 2_000) * mass) / 0.4) * 365,
    );
    const fit = fitRunOff(days, 0, years * 365, { mean: 0, sd: 5 });
    expect(fit.value).toBeCloseTo(0.4, 2);
    expect(fit.se).toBeLessThan(0.04);
    expect(fitRunOff([], 0, 1_000, { mean: 0.2, sd: 0.1 })).toMatchObject({ value: expect.closeTo(0.2, 4) });
  });

  test('levels lie between lists, and stay outside', () => {
    const levels = [
      { day: 0, log: 0, se: 0 },
      { day: 100, log: -1, se: 0.4 },
    ];
    expect([-5, 0, 25, 100, 900].map((day) => levelOn(levels, day).log)).toEqual([0, 0, -0.25, -1, -1]);
    expect(levelOn(levels, 50).se).toBeCloseTo(0.2, 12);
  });
});

describe('credibility', () => {
  test('the variance between protocols is found again, and is none where there is none', () => {
    const random = randomOf(5);
    const draw = (spread: boolean) =>
      Array.from({ length: 40_000 }, () => {
        // Factors 0.5 and 1.5 have mean 1 and variance 0.25.
        const factor = spread ? (random() < 0.5 ? 0.5 : 1.5) : 1;
        return { expected: 0.8, events: poissonDraw(random, 0.8 * factor) };
      });
    expect(structuralVariance(draw(true))).toBeCloseTo(0.25, 1);
    expect(structuralVariance(draw(false))).toBeLessThan(0.03);
  });

  test('k = 150: four clean years weigh 2.6 %', () => {
    expect(credibilityYears(1 / (150 * 0.05), 0.05)).toBeCloseTo(150, 10);
    expect(credibilityWeight(150, 4)).toBeCloseTo(0.026, 3);
    expect(posteriorRate(0.05, 150, 0, 4)).toBeCloseTo(0.05 * (150 / 154), 12);
    expect(posteriorRate(0.05, Number.POSITIVE_INFINITY, 3, 4)).toBe(0.05);
  });
});

describe('dependence', () => {
  test('equal counts are no clustering, counts in one month are', () => {
    expect(clustering(Array.from({ length: 12 }, () => ({ expected: 4, events: 4 })))).toBeLessThan(0);
    expect(
      clustering([
        { expected: 2, events: 8 },
        ...Array.from({ length: 3 }, () => ({ expected: 2, events: 0 })),
      ]),
    ).toBeCloseTo(2.5, 10);
    const periods = periodsOf([1, 2, 40], { start: 0, end: 90 }, 0, 30);
    expect(periods.map(({ events }) => events)).toEqual([2, 1, 0]);
    expect(periods.reduce((sum, { expected }) => sum + expected, 0)).toBeCloseTo(3, 12);
  });

  test('correlation of the one-factor model: at p = 1/2 the joint probability is 1/4 + asin(rho) / 2 pi', () => {
    const rho = 0.3;
    const excess = Math.asin(rho) / (2 * Math.PI) / 0.25;
    expect(assetCorrelation(excess, 0.5)).toBeCloseTo(rho, 6);
    expect(assetCorrelation(-0.1, 0.01)).toBe(0);
  });
});

describe('shock groups', () => {
  test('code and bridge are hard, oracle and chain soft, four at most', () => {
    const groups = shockGroupsOf(protocol);
    expect(groups.map(({ key }) => key)).toEqual([
      'code:lender',
      'code:compound',
      'oracle:chainlink',
      'chain:binance',
    ]);
    expect(groups.map(({ isHard }) => isHard)).toEqual([true, true, false, false]);
    const bridge = shockGroupsOf({
      ...protocol,
      slug: 'span',
      forkedFrom: [],
      categories: [{ day: 0, name: 'Cross Chain Bridge' }],
    });
    expect(bridge).toContainEqual({ kind: 'bridge', key: 'bridge:span', isHard: true });
  });

  test('groups hold every member, and one alone is none', () => {
    const sibling = { ...protocol, slug: 'lender-v3', forkedFrom: [], oracles: [], chains: ['Base'] };
    expect([...shockGroups([protocol, sibling])]).toEqual([['code:lender', ['lender-v2', 'lender-v3']]]);
  });
});

describe('facts of the code', () => {
  test('unknown facts change nothing, and the product keeps its bounds', () => {
    expect(codeMultiplier({})).toBe(1);
    expect(codeMultiplier({ isAuditMatched: true })).toBeLessThan(1);
    expect(codeMultiplier({ isUpgradeable: true, upgradeDelayHours: 48 })).toBeLessThan(
      codeMultiplier({ isUpgradeable: true }),
    );
    const worst = codeMultiplier({ isUpgradeable: true, hasSingleAdminKey: true, isSourceVerified: false });
    expect(worst).toBeGreaterThan(2);
    expect(worst).toBeLessThanOrEqual(CODE_BOUNDS.high);
  });
});

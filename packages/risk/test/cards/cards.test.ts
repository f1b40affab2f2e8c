import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marketCard } from '../../src/cards/marketCard.ts';
import { groupCard } from '../../src/cards/otherCards.ts';
import { threatMultiplier } from '../../src/cards/threat.ts';
import {
  type CardModel,
  defaultPolicy,
  type GroupScore,
  type MarketReading,
  type MarketScore,
} from '../../src/cards/types.ts';
import { meanLossShare, meanSquareLossShare } from '../../src/severity/lossShare.ts';
import { expectedShare } from '../../src/severity/shareBySize.ts';
import { gammaCdf, gammaQuantile } from '../../src/statistics/special.ts';
import { HARD_GROUP } from '../../src/types.ts';

const severity = { totalMass: 0.087, alpha: 0.374, beta: 1.551 };

const model: CardModel = {
  baseHazard: 0.02,
  size: { perDecade: 2.36, small: 1.5, large: 0.5 },
  severity,
  shareBySize: { intercept: -0.5, slope: -1.4 },
};
const score: MarketScore = {
  factors: [
    { name: 'category lending', multiplier: 1.85 },
    { name: 'age 3 to 6 months', multiplier: 1.7 },
  ],
  failures: 0,
  years: 2,
  groups: [
    { group: 1, weight: 0.2 },
    { group: HARD_GROUP + 1, weight: 0.6 },
  ],
};
const groups: GroupScore[] = [
  { group: 1, rate: 0.02, severity },
  { group: HARD_GROUP + 1, rate: 0.01, severity },
];
const reading: MarketReading = {
  value: 40_000_000,
  leastValue: 40_000_000,
  units: 40_000_000,
  pools: 2,
  time: 1_900_000_000,
};

const card = (given: Partial<Parameters<typeof marketCard>[0]> = {}) =>
  marketCard({ model, score, groups, reading, ...given });

describe('the card of a market', () => {
  it('RISK-2: explains itself: effects add up to el exactly', () => {
    const positive = fc.double({ min: 0.01, max: 30, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.nat(3), positive, (a, b, failures, size) => {
        const { values, effects } = card({
          score: {
            ...score,
            failures,
            factors: [
              { name: 'a', multiplier: a },
              { name: 'b', multiplier: b },
            ],
          },
          reading: { ...reading, value: size * 1e7, leastValue: size * 1e7 },
          signals: [{ reason: 'x', multiplier: 2, seenAt: 0 }],
        });
        expect(effects.reduce((sum, { effect }) => sum + effect, 0)).toBe(values.el);
      }),
    );
  });

  it('names each factor once, in the order in which it works', () => {
    expect(card().effects.map(({ name }) => name)).toEqual([
      'base rate',
      'insured value',
      'category lending',
      'age 3 to 6 months',
      'own record',
      'uncertainty',
      'loss share at this size',
      'shocks of its groups',
      'bounds and rounding of a card',
    ]);
  });

  it('prices the quantile of the credibility-weighted hazard', () => {
    const prior = 0.02 * 2.36 ** Math.log10(4) * 1.85 * 1.7;
    const { hazard } = card();
    expect(gammaCdf(hazard * 152, 150 * prior)).toBeCloseTo(0.8, 9);
    // Four clean years are worth 4 / 154 of a discount.
    const of = (years: number) =>
      card({ score: { ...score, years }, policy: { ...defaultPolicy, quantile: 0.5 } }).hazard;
    expect(of(4) / of(0)).toBeCloseTo(150 / 154, 9);
  });

  it('one failure of its own raises it, clean years lower it a little', () => {
    const el = (failures: number, years: number) => card({ score: { ...score, failures, years } }).values.el;
    expect(el(1, 2)).toBeGreaterThan(el(0, 2));
    expect(el(0, 6)).toBeLessThan(el(0, 2));
    expect(el(0, 6) / el(0, 2)).toBeGreaterThan(0.96);
  });

  it('a larger market fails more often and loses a smaller share', () => {
    const large = card({ reading: { ...reading, value: 4e8, leastValue: 4e8 } });
    expect(large.hazard).toBeGreaterThan(2 * card().hazard);
    const share = expectedShare(4e8, model.shareBySize);
    expect(large.values.el / 1e8).toBeCloseTo(large.hazard * share, 7);
    expect(meanLossShare(large.severity)).toBeLessThan(meanLossShare(card().severity) / 2);
  });

  it('whoever inflates one of the readings raises el', () => {
    const { el } = card().values;
    expect(card({ reading: { ...reading, value: 4e9 } }).values.el).toBeGreaterThan(el);
    expect(card({ reading: { ...reading, leastValue: 4e6 } }).values.el).toBeGreaterThan(el);
    expect(card({ reading: { ...reading, value: 4e9, leastValue: 4e9 } }).values.el).toBeLessThan(el);
  });

  it('el is the mean loss of its own failures and of its groups', () => {
    const found = card();
    const shocks = groups.reduce(
      (sum, { rate, severity: share }, i) =>
        sum + rate * (score.groups[i]?.weight ?? 0) * meanLossShare(share),
      0,
    );
    const own = found.ownHazard * meanLossShare(found.severity);
    expect(found.values.el / 1e8).toBeCloseTo(own + shocks, 7);
  });

  it('splits the variance: v and the groups together carry all of it', () => {
    const { values, ownHazard, severity: law } = card();
    const second = meanSquareLossShare(law);
    const s = groups.map((group) => groupCard(group).s / 1e8);
    const shared = s.reduce((sum, each, i) => sum + each * ((values.w[i] ?? 0) / 10_000) ** 2, 0);
    const shock = groups.map((group, i) => group.rate * ((values.w[i] ?? 0) / 10_000));
    const all =
      ownHazard * second +
      shock.reduce((sum, rate, i) => sum + rate * meanSquareLossShare(groups[i]?.severity ?? severity), 0);
    expect(values.v / 1e8 + shared).toBeCloseTo(all, 4);
  });

  it('its strongest group carries at least 2 % of the variance, whatever was scored', () => {
    const weak = { ...score, groups: [{ group: 1, weight: 0.001 }] };
    const { values } = card({ score: weak });
    const s = groupCard(groups[0] as GroupScore).s / 1e8;
    const shared = s * (values.w[0] / 10_000) ** 2;
    expect(shared / (values.v / 1e8 + shared)).toBeGreaterThanOrEqual(0.0199);
    expect(values.w[0]).toBeGreaterThan(10);
  });

  it('covers at most a quarter of the insured value over all pools', () => {
    expect(card().values.maxCover).toBe(5_000_000);
    expect(card({ reading: { ...reading, pools: 5 } }).values.maxCover).toBe(2_000_000);
    expect(card({ reading: { ...reading, pools: 0 } }).values.maxCover).toBe(10_000_000);
  });

  it('RISK-3: stays within the bounds of the oracle', () => {
    const tiny = card({ model: { ...model, baseHazard: 0 }, groups: groups.map((g) => ({ ...g, rate: 0 })) });
    expect(tiny.values).toMatchObject({ el: 250_000, v: 10_000 });
    const huge = card({ model: { ...model, baseHazard: 1_000 } });
    expect(huge.values).toMatchObject({ el: 100_000_000, v: 100_000_000 });
    expect(card({ reading: { ...reading, units: 0 } }).values.maxCover).toBe(1);
  });

  it('refuses what makes no sense', () => {
    expect(() => card({ model: { ...model, baseHazard: Number.NaN } })).toThrow(RangeError);
    expect(() => card({ score: { ...score, groups: [{ group: 9, weight: 0.1 }] } })).toThrow('group 9');
    expect(() => card({ score: { ...score, factors: [{ name: 'x', multiplier: 0 }] } })).toThrow('of x');
  });
});

describe('threat signals', () => {
  const day = 86_400;
  const signals = [{ reason: 'attack contract deployed', multiplier: 5, seenAt: 1_000, halfLife: 10 * day }];

  it('raise the hazard at once and come down slowly', () => {
    expect(threatMultiplier(signals, 1_000, 50)).toBe(5);
    expect(threatMultiplier(signals, 1_000 + 10 * day, 50)).toBe(3);
    expect(threatMultiplier(signals, 1_000 + 100 * day, 50)).toBeLessThan(1.01);
  });

  it('add up, and are capped', () => {
    expect(threatMultiplier([...signals, ...signals], 1_000, 50)).toBe(9);
    expect(threatMultiplier([...signals, ...signals], 1_000, 6)).toBe(6);
    expect(threatMultiplier([], 0, 50)).toBe(1);
  });

  it('multiply el, as an effect of their own', () => {
    const at = { ...reading, time: 1_000 };
    const calm = card({ reading: at });
    const { values, hazard, effects } = card({ reading: at, signals });
    expect(hazard).toBeCloseTo(5 * calm.hazard, 12);
    expect(values.el / calm.values.el).toBeCloseTo(5, 4);
    expect(effects.find(({ name }) => name === 'threat signals')?.effect).toBeGreaterThan(0);
  });
});

describe('the card of a group', () => {
  it('has the variance of its shock, and a cap by its kind', () => {
    const [soft, hard] = groups.map((group) => groupCard(group));
    expect(soft).toEqual({ s: Math.ceil(0.02 * meanSquareLossShare(severity) * 1e8 - 1e-6), cap: 30_000 });
    expect(hard?.cap).toBe(10_000);
  });
});

describe('the gamma distribution', () => {
  it('knows tabulated values', () => {
    expect(gammaCdf(1, 1)).toBeCloseTo(1 - Math.exp(-1), 14);
    expect(gammaCdf(10, 5)).toBeCloseTo(0.9707473119, 9);
    expect(gammaQuantile(0.8, 1)).toBeCloseTo(-Math.log(0.2), 12);
    expect(gammaCdf(gammaQuantile(0.3, 0.05), 0.05)).toBeCloseTo(0.3, 9);
  });
});

import { describe, expect, test } from 'vitest';
import { psi, requiredCapital } from '../src/backtest/schemes.ts';
import {
  atLeastOne,
  auc,
  brier,
  compare,
  deciles,
  engineScheme,
  expectedOverSeen,
  flatScheme,
  judge,
  logLoss,
  mergeEvents,
  neptuneRate,
  nexusPremium,
  readIncidentsCsv,
  readProtocolsCsv,
  reportOn,
  svgPlot,
  type YearBook,
  yearBooks,
} from '../src/index.ts';
import { END, LIST_DAY, sampleOf } from './support/sample.ts';

const outcome = (probability: number, events: number) => ({ probability, expected: probability, events });

describe('metrics', () => {
  test('AUC counts pairs, ties half', () => {
    expect(auc([outcome(0.1, 0), outcome(0.2, 1), outcome(0.3, 0), outcome(0.4, 2)])).toBe(0.75);
    expect(auc([outcome(0.2, 0), outcome(0.2, 1)])).toBe(0.5);
    expect(auc([outcome(0.2, 1)])).toBeNaN();
  });

  test('log loss, Brier, calibration', () => {
    const two = [outcome(0.5, 1), outcome(0.25, 0)];
    expect(logLoss(two)).toBeCloseTo((Math.log(2) - Math.log(0.75)) / 2, 12);
    expect(brier(two)).toBeCloseTo((0.25 + 0.0625) / 2, 12);
    expect(expectedOverSeen(two)).toBe(0.75);
    const tenths = deciles(Array.from({ length: 25 }, (_, i) => outcome(i / 100, i === 24 ? 3 : 0)));
    expect(tenths.reduce((sum, { size }) => sum + size, 0)).toBe(25);
    expect(tenths.at(-1)?.events).toBe(3);
  });

  test('protocols that differ are exploited at least once less often than alike ones', () => {
    expect(atLeastOne(0.5, 0)).toBeCloseTo(1 - Math.exp(-0.5), 12);
    expect(atLeastOne(0.5, 1)).toBeCloseTo(1 - 1 / 1.5, 12);
  });
});

describe('out of time', () => {
  const sample = sampleOf(21, 700);
  const protocols = readProtocolsCsv(sample.protocols, END).records;
  const incidents = readIncidentsCsv(sample.incidents).records;
  const records = { protocols, incidents, events: mergeEvents(incidents) };
  const split = { listDay: LIST_DAY, split: LIST_DAY + 540, end: END };
  const judged = judge(records, split);

  test('the full model ranks above the baseline where earlier exploits matter', () => {
    const {
      gain,
      auc: area,
      expectedOverSeen: ratio,
    } = reportOn(judged, 'full', 'baseline', { seed: 1, times: 100 });
    expect(gain.value).toBeGreaterThan(0);
    expect(area.low).toBeGreaterThan(0.6);
    expect(ratio.value).toBeGreaterThan(0.5);
    expect(ratio.value).toBeLessThan(2);
  });

  test('what happens after the split changes no prediction', () => {
    const quiet = incidents.filter(({ day }) => day < split.split);
    const again = judge({ ...records, incidents: quiet, events: mergeEvents(quiet) }, split);
    const predictions = (all: typeof judged) =>
      all.map(({ by }) => Object.values(by).map(({ expected }) => expected));
    expect(predictions(again)).toEqual(predictions(judged));
    expect(again.every(({ by }) => by.full?.events === 0)).toBe(true);
  });

  test('a book is priced with nothing that happens in it', () => {
    const year = (all: typeof incidents) =>
      yearBooks({ ...records, incidents: all, events: mergeEvents(all) }, LIST_DAY, LIST_DAY + 730).map(
        ({ covers }) => covers.map(({ el, v, cover }) => [el, v, cover]),
      );
    expect(year(incidents.filter(({ day }) => day < LIST_DAY + 365))[1]).toEqual(year(incidents)[1]);
  }, 60_000);
});

describe('prices', () => {
  const cover = { project: 'p', tvlUsd: 1e7, losses: [] };
  const book: YearBook = {
    start: 0,
    years: 1,
    capital: 1_000_000,
    covers: [
      { ...cover, slug: 'a', cover: 100_000, el: 0.02, v: 0.02, losses: [0.5, 0.7] },
      { ...cover, slug: 'b', project: 'q', cover: 300_000, el: 0.01, v: 0.03 },
    ],
  };

  test('shares of the cost of capital add up to Psi', () => {
    const total = engineScheme.premiums(book).reduce((sum, one) => sum + one, 0);
    const cost = 0.15 * psi(requiredCapital(book.covers), book.capital);
    expect(total).toBeCloseTo(1.1 * (0.02 * 100_000 + 0.01 * 300_000 + cost), 6);
  });

  test('Nexus: the bump is paid by who buys soon after', () => {
    expect(nexusPremium([100, 100], { capacity: 1_000, target: 0.02 })).toBeCloseTo(4, 12);
    // 100 purchases in a year: 3.65 days take 7.3 % off, more than the bump of 0.5 %.
    expect(
      nexusPremium(
        Array.from({ length: 100 }, () => 1),
        { capacity: 10, target: 0.02 },
      ),
    ).toBeCloseTo(2, 12);
    // 1,000 purchases: 0.73 % off a day's third, bump 5 %.
    expect(
      nexusPremium(
        Array.from({ length: 1_000 }, () => 1),
        { capacity: 1, target: 0.02 },
      ),
    ).toBeGreaterThan(40);
  });

  test('Neptune: utilisation or floor, a per cent a month, at most the ceiling', () => {
    const terms = { floor: 0.02, ceiling: 0.12, months: 3, leverage: 10, efficiency: 0.9 } as const;
    expect(neptuneRate(0.01, terms)).toBeCloseTo(0.05, 12);
    expect(neptuneRate(0.05, terms)).toBeCloseTo(0.08, 12);
    expect(neptuneRate(0.5, terms)).toBe(0.12);
  });

  test('results: claims are at most the cover, ratios are claims and fees over premium', () => {
    const [flat] = compare([book], [flatScheme(0.25)], { seed: 1, times: 50 });
    expect(flat?.years[0]).toMatchObject({ premium: 100_000, claims: 100_000, events: 2 });
    expect(flat?.lossRatio.value).toBe(1);
    expect(flat?.combinedRatio.value).toBeCloseTo(1 + 0.1 / 1.1, 12);
    expect(flat?.ruin).toBe(0);
    const poor = { ...book, capital: 1_000 };
    expect(compare([poor], [flatScheme(0.1)], { seed: 1, times: 200 })[0]?.ruin).toBeGreaterThan(0.5);
  });
});

test('plots are well-formed, and escape their words', () => {
  const svg = svgPlot({
    title: 'a < b & c',
    x: 'x',
    y: 'y',
    labels: ['"1"', '2'],
    reference: 1,
    series: [
      {
        name: 'bars',
        kind: 'bars',
        points: [
          { x: 0, y: 1 },
          { x: 1, y: 2 },
        ],
      },
      { name: 'points', kind: 'points', points: [{ x: 0, y: 1, low: 0.5, high: 1.5 }] },
    ],
  });
  expect(svg).toContain('a &lt; b &amp; c');
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length);
});

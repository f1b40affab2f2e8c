import { describe, expect, it } from 'vitest';
import { groupScenario, largestGroup, replayScenario, stress } from '../../src/portfolio/stress.ts';
import { nameOf, portfolioOf } from '../support/portfolios.ts';

const member = (group: number) => [{ group, weight: 0.1 }];
const book = portfolioOf(
  [
    nameOf({ id: 'a', failure: 0.02, cover: 100, deductible: 0.1, groups: member(1) }),
    nameOf({ id: 'b', failure: 0.02, cover: 200, groups: member(1) }),
    nameOf({ id: 'c', failure: 0.02, cover: 250, groups: member(2) }),
  ],
  {
    groups: [
      { group: 1, rate: 0.01, severity: 0 },
      { group: 2, rate: 0.01, severity: 0 },
    ],
  },
);
const capital = { junior: 100, senior: 150 };

describe('a stress', () => {
  it('loses a whole group, junior first, and pays in one ratio', () => {
    expect(largestGroup(book)).toBe(1);
    const result = stress(book, capital, groupScenario(book, 1, 1, 'group'));
    expect(result).toMatchObject({
      markets: 2,
      cover: 300,
      loss: 290,
      fromJunior: 100,
      fromSenior: 150,
      unpaid: 40,
    });
    expect(result.ratio).toBeCloseTo(250 / 290, 12);
  });

  it('values what is paid after a fall of the own asset', () => {
    const result = stress(book, capital, { ...groupScenario(book, 2, 0.4, 'depeg'), assetFall: 0.1 });
    expect(result).toMatchObject({ loss: 100, fromJunior: 100, fromSenior: 0, ratio: 1 });
    expect([result.worthOfPaid, result.worthOfCapitalLeft]).toEqual([90, 135]);
  });

  it('does nothing where nothing fails', () => {
    expect(stress(book, capital, { name: 'quiet', severities: new Map() })).toMatchObject({
      loss: 0,
      ratio: 1,
    });
  });
});

describe('a replay', () => {
  const markets = [
    { id: 'a', category: 'Lending' },
    { id: 'b', category: 'lending' },
    { id: 'c', category: 'Bridge' },
  ];

  it('hits the share of a category that was hit, the largest covers with the largest losses', () => {
    const incidents = [
      { category: 'Lending', lossShare: 0.3 },
      { category: 'lending', lossShare: 0.9 },
      { category: 'Dexes', lossShare: 1 },
    ];
    const exposed = new Map([['lending', 8]]);
    const { severities } = replayScenario(book, markets, incidents, exposed, '2022');
    expect([...severities]).toEqual([['b', 0.9]]);
  });

  it('hits as many as there are when the category is not known to have been larger', () => {
    const incidents = [{ category: 'bridge', lossShare: 1 }];
    const { severities } = replayScenario(book, markets, incidents, new Map(), '2022');
    expect([...severities]).toEqual([['c', 1]]);
  });
});

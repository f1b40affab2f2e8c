import { describe, expect, it } from 'vitest';
import { simulatePortfolio } from '../../src/portfolio/simulate.ts';
import type { Portfolio } from '../../src/portfolio/types.ts';
import { countsOf, nameOf, portfolioOf, scoreOf } from '../support/portfolios.ts';

const paths = 400_000;
const seed = 4n;

/** Covers 1, 2 and 4: a loss says who failed. */
const book = (failure: number, weights: readonly number[], rate: number): Portfolio =>
  portfolioOf(
    [1, 2, 4].map((cover, i) => nameOf({ cover, failure, groups: [{ group: 7, weight: weights[i] ?? 0 }] })),
    { groups: [{ group: 7, rate, severity: 0 }] },
  );

/** Chance of each set of failures: shocks thinned by weight are Poisson, so sum over their number. */
function exactSets(failure: number, weights: readonly number[], rate: number): number[] {
  const chances = Array.from({ length: 8 }, () => 0);
  let shocks = Math.exp(-rate);
  for (let k = 0; k < 40; k++) {
    const fails = weights.map((weight) => 1 - (1 - failure) * (1 - weight) ** k);
    chances.forEach((sum, set) => {
      const chance = fails.reduce((all, each, i) => all * ((set >> i) & 1 ? each : 1 - each), shocks);
      chances[set] = sum + chance;
    });
    shocks *= rate / (k + 1);
  }
  return chances;
}

describe('common shocks', () => {
  it.each([
    ['rare, hitting all', 0.03, [1, 1, 1], 0.05],
    ['frequent, hitting some', 0.05, [0.2, 0.5, 0.9], 0.8],
    ['with failures so likely that names are drawn one by one', 0.8, [0.2, 0.5, 0.9], 0.8],
    ['alone', 0, [0.5, 0.5, 0.5], 0.3],
  ])('%s: every set of failures has its exact chance', async (_, failure, weights, rate) => {
    const { losses, model } = await simulatePortfolio(book(failure, weights, rate), { paths, seed });
    const counts = countsOf(losses, model.unit);
    exactSets(failure, weights, rate).forEach((chance, set) => {
      if (chance * paths < 20) return;
      expect(Math.abs(scoreOf(counts.get(set) ?? 0, paths, chance)), `set ${set}`).toBeLessThan(4.5);
    });
  });

  it('draw one severity for all whom they hit', async () => {
    const portfolio = portfolioOf(
      [1, 2].map((cover) => nameOf({ cover, failure: 0, groups: [{ group: 1, weight: 1 }] })),
      { law: [0.25, 1], groups: [{ group: 1, rate: 0.2, severity: 0 }] },
    );
    const { losses, model } = await simulatePortfolio(portfolio, { paths, seed });
    expect([...countsOf(losses, model.unit).keys()].sort((a, b) => a - b)).toEqual([0, 0.75, 3]);
  });

  it('and own failures come in random order: the first decides the severity', async () => {
    // Own failures lose all, shocks a quarter; both are all but certain, so the first is a toss of their rates.
    const portfolio: Portfolio = {
      names: [nameOf({ failure: 1 - Math.exp(-6), groups: [{ group: 1, weight: 1 }] })],
      severities: [[1], [0.25]],
      groups: [{ group: 1, rate: 6, severity: 1 }],
      correlation: 0,
    };
    const withFillers = {
      ...portfolio,
      names: [...portfolio.names, ...Array.from({ length: 60 }, () => nameOf({ failure: 0, cover: 0 }))],
    };
    // Drawn one by one, and from the table.
    for (const each of [portfolio, withFillers]) {
      const { losses, model } = await simulatePortfolio(each, { paths, seed });
      const counts = countsOf(losses, model.unit);
      const both = (counts.get(1) ?? 0) + (counts.get(0.25) ?? 0);
      expect(Math.abs(scoreOf(counts.get(1) ?? 0, both, 0.5))).toBeLessThan(4.5);
    }
  });

  it('hit only members of their group', async () => {
    const portfolio = portfolioOf(
      [nameOf({ cover: 1, failure: 0, groups: [{ group: 1, weight: 1 }] }), nameOf({ cover: 2, failure: 0 })],
      { groups: [{ group: 1, rate: 0.5, severity: 0 }] },
    );
    const { losses, model } = await simulatePortfolio(portfolio, { paths: 10_000, seed });
    expect([...countsOf(losses, model.unit).keys()].sort()).toEqual([0, 1]);
  });
});

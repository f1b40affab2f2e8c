import { describe, expect, it } from 'vitest';
import { poissonBinomial, vasicekQuantile } from '../../src/portfolio/exact/limits.ts';
import {
  distributionMean,
  distributionQuantile,
  exactMean,
  lossRecursion,
} from '../../src/portfolio/exact/lossRecursion.ts';
import { lossMeasures } from '../../src/portfolio/lossMeasures.ts';
import { severityLaw } from '../../src/portfolio/severityLaw.ts';
import { type PathTask, runTask, simulatePortfolio } from '../../src/portfolio/simulate.ts';
import type { Portfolio } from '../../src/portfolio/types.ts';
import { countsOf, nameOf, portfolioOf, scoreOf } from '../support/portfolios.ts';

const paths = 200_000;
const seed = 20_230_218n;
/** With a fixed seed these tests are deterministic; 4.5 deviations leave room for any of them once. */
const deviations = 4.5;

const law = severityLaw({ totalMass: 0.087, alpha: 0.374, beta: 1.551 }, 256);

/** Forty unequal names. */
const mixed = (correlation: number): Portfolio =>
  portfolioOf(
    Array.from({ length: 40 }, (_, i) =>
      nameOf({ cover: 1_000 * (1 + (i % 7)), failure: 0.01 + 0.004 * (i % 11), deductible: 0.05 }),
    ),
    { law, correlation },
  );

describe('the number of failures', () => {
  it.each([
    ['sparse', 0.01, 0.004],
    // Names are drawn one by one.
    ['dense', 0.6, 0.008],
  ])('of independent names is Poisson-binomial (%s)', async (_, from, step) => {
    const failures = Array.from({ length: 30 }, (_, i) => from + step * i);
    const names = failures.map((failure) => nameOf({ failure }));
    const { losses, model } = await simulatePortfolio(portfolioOf(names), { paths, seed });
    const counts = countsOf(losses, model.unit);
    poissonBinomial(failures).forEach((chance, k) => {
      if (chance * paths < 20) return;
      expect(Math.abs(scoreOf(counts.get(k) ?? 0, paths, chance)), `${k} failures`).toBeLessThan(deviations);
    });
  });

  it('of very likely names counts each once', async () => {
    const names = [nameOf({ failure: 0.4 }), ...Array.from({ length: 20 }, () => nameOf({ failure: 0.001 }))];
    const { losses, model } = await simulatePortfolio(portfolioOf(names), { paths, seed });
    const counts = countsOf(losses, model.unit);
    poissonBinomial(names.map(({ failure }) => failure)).forEach((chance, k) => {
      if (chance * paths < 20) return;
      expect(Math.abs(scoreOf(counts.get(k) ?? 0, paths, chance)), `${k} failures`).toBeLessThan(deviations);
    });
  });

  it.each([0.02, 0.2, 0.5])(
    'of many equal names approaches the Vasicek limit (rho %d)',
    async (correlation) => {
      const names = Array.from({ length: 2_000 }, () => nameOf({ failure: 0.03 }));
      const simulation = await simulatePortfolio(portfolioOf(names, { correlation }), {
        paths: 60_000,
        seed,
      });
      for (const level of [0.9, 0.99]) {
        const limit = vasicekQuantile(0.03, correlation, level) * 2_000;
        expect(Math.abs(lossMeasures(simulation, level).valueAtRisk / limit - 1)).toBeLessThan(0.05);
      }
    },
  );

  it.each([0.9999, 1])('at correlation %d all equal names fail together', async (correlation) => {
    const names = Array.from({ length: 50 }, () => nameOf({ failure: 0.03 }));
    const { losses, model } = await simulatePortfolio(portfolioOf(names, { correlation }), { paths, seed });
    const counts = countsOf(losses, model.unit);
    const [all, none] = [counts.get(50) ?? 0, counts.get(0) ?? 0];
    expect(Math.abs(scoreOf(all, paths, 0.03))).toBeLessThan(correlation === 1 ? deviations : 10);
    expect((all + none) / paths).toBeGreaterThan(correlation === 1 ? 1 - 1e-9 : 0.995);
  });

  it('at full correlation fails the worse whenever the better does', async () => {
    const names = [nameOf({ failure: 0.1, cover: 1 }), nameOf({ failure: 0.3, cover: 2 })];
    const { losses, model } = await simulatePortfolio(portfolioOf(names, { correlation: 1 }), {
      paths,
      seed,
    });
    const counts = countsOf(losses, model.unit);
    expect(Math.abs(scoreOf(counts.get(3) ?? 0, paths, 0.1))).toBeLessThan(deviations);
    expect(Math.abs(scoreOf(counts.get(2) ?? 0, paths, 0.2))).toBeLessThan(deviations);
    expect(counts.get(1)).toBeUndefined();
  });
});

describe('the loss', () => {
  it.each([0, 0.02, 0.3])('has the distribution of the exact recursion (rho %d)', async (correlation) => {
    const portfolio = mixed(correlation);
    const exact = lossRecursion(portfolio, 50, 3_300);
    const simulation = await simulatePortfolio(portfolio, { paths, seed });
    const { mean, meanError, valueAtRisk } = lossMeasures(simulation, 0.99);
    expect(distributionMean(exact) / exactMean(portfolio)).toBeCloseTo(1, 5);
    expect(Math.abs(mean - exactMean(portfolio)) / meanError).toBeLessThan(deviations);
    expect(Math.abs(valueAtRisk / distributionQuantile(exact, 0.99) - 1)).toBeLessThan(0.02);
  });

  it('of a single name is its severity', async () => {
    const simulation = await simulatePortfolio(
      portfolioOf([nameOf({ failure: 1, cover: 100, deductible: 0.5 })], { law: [0.25, 0.25, 0.5, 1] }),
      { paths, seed },
    );
    const counts = countsOf(simulation.losses, simulation.model.unit);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([12.5, 25, 50]);
    expect(Math.abs(scoreOf(counts.get(12.5) ?? 0, paths, 0.5))).toBeLessThan(deviations);
    expect(Math.abs(scoreOf(counts.get(50) ?? 0, paths, 0.25))).toBeLessThan(deviations);
  });

  it('RISK-1: is the same for a seed, and another for another', async () => {
    const of = async (given: bigint) =>
      (await simulatePortfolio(mixed(0.02), { paths: 5_000, seed: given })).losses.join();
    const first = await of(seed);
    expect(await of(seed)).toBe(first);
    expect(await of(seed + 1n)).not.toBe(first);
    expect(await of(seed + 2n ** 32n)).not.toBe(first);
  });

  it('RISK-1: does not depend on how the paths are divided, or on their order', async () => {
    const portfolio = { ...mixed(0.02), recovery: [0, 0, 0, 0.5] };
    const whole = await simulatePortfolio(portfolio, { paths: 70_000, seed });
    const divided = await simulatePortfolio(portfolio, {
      paths: 70_000,
      seed,
      runner: async (tasks, onDone) => {
        for (const task of [...tasks].reverse()) {
          const middle = (task.from + task.to) >> 1;
          const parts: PathTask[] = [
            { ...task, from: middle },
            { ...task, to: middle },
          ];
          for (const part of parts) runTask(part);
          onDone(task);
        }
      },
    });
    expect(divided.losses).toEqual(whole.losses);
    expect(divided.recovered).toEqual(whole.recovered);
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    await simulatePortfolio(mixed(0), { paths: 70_000, seed, onProgress: (done) => told.push(done) });
    expect(told.length).toBe(5);
    expect(told.at(-1)).toBe(1);
  });
});

describe('recoveries', () => {
  it('are a share of the loss', async () => {
    const portfolio = portfolioOf([nameOf({ failure: 0.2, cover: 100 })], { recovery: [0, 0.5] });
    const { losses, recovered, model } = await simulatePortfolio(portfolio, { paths, seed });
    expect(countsOf(losses, model.unit).get(100)).toBe([...losses].filter((loss) => loss > 0).length);
    const half = countsOf(recovered, model.unit).get(50) ?? 0;
    expect(Math.abs(scoreOf(half, paths, 0.1))).toBeLessThan(deviations);
  });
});

describe('a portfolio', () => {
  it.each([
    ['a chance above one', portfolioOf([nameOf({ failure: 1.1 })])],
    ['a chance that is none', portfolioOf([nameOf({ failure: Number.NaN })])],
    ['a law of three values', portfolioOf([nameOf({ failure: 0.1 })], { law: [0, 0.5, 1] })],
    ['a severity above one', portfolioOf([nameOf({ failure: 0.1 })], { law: [0, 1.5] })],
    ['a correlation below zero', portfolioOf([nameOf({ failure: 0.1 })], { correlation: -0.1 })],
    ['a law that is not there', portfolioOf([nameOf({ failure: 0.1, severity: 1 })])],
  ])('with %s is refused', async (_, portfolio) => {
    await expect(simulatePortfolio(portfolio, { paths: 1, seed })).rejects.toThrow(RangeError);
  });

  it('without names loses nothing', async () => {
    const { losses } = await simulatePortfolio(portfolioOf([]), { paths: 10, seed });
    expect(losses.every((loss) => loss === 0)).toBe(true);
  });
});

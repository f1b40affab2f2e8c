import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasTable, chancesOf } from '../../src/portfolio/alias.ts';
import { allocateTail, lossMeasures, tailOf } from '../../src/portfolio/lossMeasures.ts';
import { exactSum, quantileOf, rankOf, selectSmallest } from '../../src/portfolio/measures.ts';
import { meanOf, severityLaw } from '../../src/portfolio/severityLaw.ts';
import { simulatePortfolio } from '../../src/portfolio/simulate.ts';
import { tailMultiplier } from '../../src/portfolio/tailMultiplier.ts';
import { lossCurve, trancheLosses } from '../../src/portfolio/trancheLosses.ts';
import { normalCdf, normalQuantile } from '../../src/statistics/normal.ts';
import { betaCdf, betaQuantile, logGamma } from '../../src/statistics/special.ts';
import { nameOf, portfolioOf } from '../support/portfolios.ts';

const law = severityLaw({ totalMass: 0.087, alpha: 0.374, beta: 1.551 }, 256);

const book = (names = 60) =>
  portfolioOf(
    Array.from({ length: names }, (_, i) =>
      nameOf({
        cover: 1_000 + 137 * i,
        failure: 0.01 + 0.001 * i,
        deductible: 0.05,
        groups: i % 3 === 0 ? [{ group: 1, weight: 0.5 }] : [],
      }),
    ),
    { law, correlation: 0.02, groups: [{ group: 1, rate: 0.02, severity: 0 }], recovery: [0, 0, 0, 0.8] },
  );

const simulated = () => simulatePortfolio(book(), { paths: 50_000, seed: 11n });

describe('selection', () => {
  it('gives what sorting gives', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }), fc.nat(59), (values, at) => {
        const k = at % values.length;
        const sorted = [...values].sort((a, b) => a - b);
        expect(selectSmallest(Float64Array.from(values), k)).toBe(sorted[k]);
      }),
    );
  });

  it('of many values looks at the largest alone, and gives the same', () => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => (i * 7_919) % 50_021);
    // A sample at every 24th place sees the large values alone.
    const hidden = Float64Array.from({ length: 98_304 }, (_, i) => (i % 24 === 0 ? 1e6 + i : i % 100));
    for (const given of [values, hidden]) {
      const sorted = given.slice().sort();
      for (const k of [0, 50_000, 90_000, 97_500, 98_303]) expect(quantileOf(given, k)).toBe(sorted[k]);
    }
  });

  it('ranks the value at risk by the share of paths that do not exceed it', () => {
    expect(rankOf(0.995, 1_000)).toBe(994);
    expect(rankOf(0.5, 3)).toBe(1);
    expect(rankOf(0, 10)).toBe(0);
    expect(rankOf(1, 10)).toBe(9);
  });

  it('adds whole numbers beyond the doubles exactly', () => {
    const values = new Float64Array(10_000).fill(2 ** 40 + 1);
    expect(exactSum(values)).toBe(10_000n * (2n ** 40n + 1n));
  });
});

describe('alias tables', () => {
  it('give every outcome its chance to 2^-30', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(weights, (given) => {
        const total = given.reduce((sum, each) => sum + each, 0);
        fc.pre(total > 1e-3);
        const chances = chancesOf(aliasTable(given));
        given.forEach((weight, i) => {
          expect(Math.abs((chances[i] ?? 0) / 2 ** 32 - weight / total)).toBeLessThan(50 / 2 ** 32);
        });
      }),
    );
  });

  it('never give what has no chance', () => {
    const chances = chancesOf(aliasTable([0, 1, 0, 3, 0], 4));
    expect([...chances].map((chance) => chance > 16)).toEqual(
      Array.from({ length: 16 }, (_, i) => i === 1 || i === 3),
    );
  });
});

describe('special functions', () => {
  it('know tabulated values', () => {
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalCdf(-6) / 9.86587645037698e-10).toBeCloseTo(1, 8);
    expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489, 12);
    expect(normalQuantile(1e-9)).toBeCloseTo(-5.99780701500768, 9);
    expect(logGamma(0.374)).toBeCloseTo(0.8658320687150457, 12);
    expect(betaCdf(0.25, 2, 3)).toBeCloseTo(0.26171875, 13);
    expect(betaQuantile(0.5, 1, 3)).toBeCloseTo(1 - 0.5 ** (1 / 3), 12);
  });
});

describe('the severity law', () => {
  it('has the mean of its mixture exactly and the second moment nearly', () => {
    const [a, b, total] = [0.374, 1.551, 0.087];
    const mean = a / (a + b);
    expect(meanOf(law)).toBeCloseTo(total + (1 - total) * mean, 12);
    const second = total + ((1 - total) * mean * (a + 1)) / (a + b + 1);
    expect(meanOf(law.map((share) => share * share)) / second).toBeGreaterThan(0.9999);
    expect(meanOf(law.map((share) => share * share))).toBeLessThanOrEqual(second);
  });

  it('is ascending, with the share of total losses', () => {
    expect([...law].sort((x, y) => x - y)).toEqual([...law]);
    expect(law.filter((value) => value > 0.999_999).length / law.length).toBeCloseTo(0.087, 2);
  });
});

describe('measures', () => {
  it('are those of the sorted losses', async () => {
    const simulation = await simulated();
    const { losses, paths, model } = simulation;
    const sorted = [...losses].map((loss) => loss * model.unit).sort((a, b) => a - b);
    const { mean, valueAtRisk, tailValueAtRisk, worst, anyLoss } = lossMeasures(simulation, 0.99);
    const tail = sorted.slice(rankOf(0.99, paths));
    expect(valueAtRisk).toBe(tail[0]);
    expect(worst).toBe(sorted.at(-1));
    expect(tailValueAtRisk).toBeCloseTo(tail.reduce((sum, loss) => sum + loss, 0) / tail.length, 6);
    expect(mean).toBeCloseTo(sorted.reduce((sum, loss) => sum + loss, 0) / paths, 6);
    expect(anyLoss).toBe(sorted.filter((loss) => loss > 0).length / paths);
  });

  it('RISK-1: Euler parts of the tail add up to it to the unit', async () => {
    const simulation = await simulated();
    const tail = tailOf(simulation, 0.99);
    const { byName, sum } = allocateTail(simulation, tail);
    expect(tail.paths.length).toBe(501);
    expect(byName.reduce((total, part) => total + part, 0n)).toBe(sum);
    expect(sum).toBeGreaterThan(0n);
  });

  it('takes as many paths as the level says where many tie', async () => {
    const simulation = await simulatePortfolio(portfolioOf([nameOf({ failure: 0.5 })]), {
      paths: 10_000,
      seed: 3n,
    });
    expect(tailOf(simulation, 0.9).paths.length).toBe(1_001);
  });

  it('refuses to share out what does not belong to the simulation', async () => {
    const simulation = await simulated();
    const tail = tailOf(simulation, 0.99);
    expect(() => allocateTail({ ...simulation, seed: 12n }, tail)).toThrow('another loss');
  });

  it('the tail multiplier stays within its bounds', () => {
    const measures = { mean: 10, valueAtRisk: 60 } as Parameters<typeof tailMultiplier>[0];
    expect(tailMultiplier(measures, 100)).toEqual({ found: 5, z: 5 });
    expect(tailMultiplier(measures, 10_000)).toEqual({ found: 0.5, z: 3.5 });
    expect(tailMultiplier(measures, 1).z).toBe(7.5);
    expect(tailMultiplier(measures, 0).z).toBe(7.5);
  });
});

describe('tranches', () => {
  it('share every loss exactly: junior, senior and what is unpaid', async () => {
    const simulation = await simulated();
    const { mean } = lossMeasures(simulation);
    const { junior, senior, unpaid } = trancheLosses(simulation, { junior: 2_000, senior: 5_000 });
    expect(junior.mean + senior.mean + unpaid).toBeCloseTo(mean, 8);
    expect(junior.rate).toBeGreaterThan(senior.rate);
    expect(junior.touched).toBeGreaterThan(junior.wiped);
    expect(senior.touched).toBeLessThanOrEqual(junior.wiped);
    expect(senior.meanNet).toBeLessThan(senior.mean);
  });

  it('give recoveries to senior first', async () => {
    const names = [nameOf({ failure: 1, cover: 100 })];
    const simulation = await simulatePortfolio(portfolioOf(names, { recovery: [0.5] }), {
      paths: 10,
      seed: 1n,
    });
    const { junior, senior, unpaid, ruin } = trancheLosses(simulation, { junior: 40, senior: 40 });
    // 80 of 100 are paid and half of what was paid comes back: all of senior's 40.
    expect([junior.mean, junior.meanNet, senior.mean, senior.meanNet, unpaid]).toEqual([40, 40, 40, 0, 20]);
    expect([junior.wiped, senior.wiped, ruin]).toEqual([1, 1, 1]);
  });

  it('the loss curve falls, and its slices add up to the mean loss of a tranche', async () => {
    const simulation = await simulated();
    const capital = { junior: 2_000, senior: 6_000 };
    const curve = lossCurve(simulation, 8_000, 80);
    const slices = (from: number, to: number) =>
      curve.slice(from, to).reduce((sum, { rate }) => sum + rate * 100, 0);
    const { junior, senior } = trancheLosses(simulation, capital);
    expect(slices(0, 20)).toBeCloseTo(junior.mean, 6);
    expect(slices(20, 80)).toBeCloseTo(senior.mean, 6);
    curve.slice(1).forEach(({ exceeded, rate }, i) => {
      expect(exceeded).toBeLessThanOrEqual(curve[i]?.exceeded ?? 0);
      expect(rate).toBeLessThanOrEqual(curve[i]?.rate ?? 0);
    });
  });
});

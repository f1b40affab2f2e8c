import { describe, expect, test } from 'vitest';
import { cholesky, inverse, logDeterminant, solve } from '../src/statistics/cholesky.ts';
import { minimise } from '../src/statistics/minimise.ts';
import { normalCdf, normalQuantile } from '../src/statistics/normal.ts';
import { fitPoisson } from '../src/statistics/poisson.ts';
import { poissonDraw, randomOf } from '../src/statistics/random.ts';
import {
  betaCdf,
  gammaCdf,
  gammaQuantile,
  logBeta,
  logGamma,
  poissonInterval,
} from '../src/statistics/special.ts';
import { bootstrap, mean, quantile } from '../src/statistics/summary.ts';

const free = { mean: 0, sd: Number.POSITIVE_INFINITY };

describe('linear algebra', () => {
  // Factor, inverse and determinant by hand: L = [[2,0,0],[6,1,0],[-8,5,3]].
  const matrix = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);

  test('decomposes, solves, inverts', () => {
    const decomposed = cholesky(matrix, 3);
    expect([...decomposed.lower]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
    expect(logDeterminant(decomposed)).toBeCloseTo(Math.log(36), 12);
    const x = solve(decomposed, Float64Array.of(-20, -43, 192));
    [1, 2, 3].forEach((value, i) => {
      expect(x[i]).toBeCloseTo(value, 10);
    });
    const inverted = inverse(decomposed);
    [49.3611, -13.5556, 2.1111].forEach((value, i) => {
      expect(inverted[i]).toBeCloseTo(value, 4);
    });
  });

  test('refuses what is not positive definite', () => {
    expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(/pivot 1/);
  });
});

describe('Poisson regression', () => {
  test('two groups: the rates and their errors are those of the counts', () => {
    const data = {
      rows: [Float64Array.of(1, 0), Float64Array.of(1, 1)],
      counts: [20, 50],
      offsets: [Math.log(100), Math.log(125)],
    };
    const { coefficients, covariance } = fitPoisson(data, [free, free]);
    expect(coefficients[0]).toBeCloseTo(Math.log(0.2), 8);
    expect(coefficients[1]).toBeCloseTo(Math.log(2), 8);
    expect(covariance[0]).toBeCloseTo(1 / 20, 7);
    expect(covariance[3]).toBeCloseTo(1 / 20 + 1 / 50, 7);
  });

  test('a published case: deaths by tobacco of British doctors (Breslow and Day)', () => {
    // Deaths and person-years by age, smokers then non-smokers; R's glm gives 0.3545 with error 0.1074 for smoking.
    const deaths = [32, 104, 206, 186, 102, 2, 12, 28, 28, 31];
    const years = [52407, 43248, 28612, 12663, 5317, 18790, 10673, 5710, 2585, 1462];
    const rows = deaths.map((_, i) => {
      const row = new Float64Array(6);
      row[0] = 1;
      if (i % 5 > 0) row[i % 5] = 1;
      row[5] = i < 5 ? 1 : 0;
      return row;
    });
    const fit = fitPoisson(
      { rows, counts: deaths, offsets: years.map(Math.log) },
      Array.from({ length: 6 }, () => free),
    );
    expect(fit.coefficients[5]).toBeCloseTo(0.3545, 4);
    expect(Math.sqrt(fit.covariance[35] ?? 0)).toBeCloseTo(0.1074, 4);
    expect(fit.coefficients[0]).toBeCloseTo(-7.9193, 3);
  });

  test('a group without events stays finite under a prior, and goes to the prior as it narrows', () => {
    const data = { rows: [Float64Array.of(1, 0), Float64Array.of(1, 1)], counts: [10, 0], offsets: [0, 0] };
    const wide = fitPoisson(data, [free, { mean: 0, sd: 1 }]).coefficients[1] ?? 0;
    const narrow = fitPoisson(data, [free, { mean: 0, sd: 0.01 }]).coefficients[1] ?? 0;
    expect(wide).toBeLessThan(-1);
    expect(Math.abs(narrow)).toBeLessThan(0.01);
  });
});

describe('special functions', () => {
  test.each([
    [logGamma(0.5), 0.5723649429247001],
    [logGamma(10), 12.801827480081469],
    [logGamma(100.5), 361.4355404678],
    [Math.exp(logBeta(2, 3)), 1 / 12],
    [betaCdf(0.5, 2, 3), 0.6875],
    [betaCdf(0.1, 0.5, 0.5), 0.2048327646991335],
    [gammaCdf(2, 3), 0.3233235838169366],
    [gammaCdf(30, 20), 0.9781],
    [normalCdf(1.96), 0.9750021048517795],
    [normalCdf(-3), 0.0013498980316300933],
    [normalQuantile(0.975), 1.959963984540054],
    [gammaQuantile(0.5, 1), Math.log(2)],
  ])('%d is the published %d', (ours, published) => {
    expect(ours / published).toBeCloseTo(1, 4);
    expect(Math.abs(ours - published)).toBeLessThan(1e-4);
  });

  test('exact Poisson intervals (Garwood 1936)', () => {
    const rounded = (count: number) => poissonInterval(count).map((bound) => Math.round(bound * 1000) / 1000);
    expect(rounded(0)).toEqual([0, 3.689]);
    expect(rounded(10)).toEqual([4.795, 18.39]);
    expect(rounded(50)).toEqual([37.111, 65.919]);
  });
});

describe('numbers', () => {
  test('the simplex method finds the bottom of a banana', () => {
    const { x } = minimise(([a = 0, b = 0]) => (1 - a) ** 2 + 100 * (b - a * a) ** 2, [-1.2, 1]);
    expect(x[0]).toBeCloseTo(1, 4);
    expect(x[1]).toBeCloseTo(1, 4);
  });

  test('a seed gives the same draws, another gives others', () => {
    const draw = (seed: number) => Array.from({ length: 4 }, randomOf(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const random = randomOf(3);
    const counts = Array.from({ length: 20_000 }, () => poissonDraw(random, 2.5));
    expect(mean(counts)).toBeCloseTo(2.5, 1);
  });

  test('quantiles interpolate, bootstrap intervals hold the estimate', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    const values = Array.from({ length: 200 }, (_, i) => i);
    const { value, low, high } = bootstrap(200, (indices) => mean(indices.map((i) => values[i] ?? 0)), {
      random: randomOf(1),
    });
    expect(value).toBe(99.5);
    // Standard error of the mean: 57.7 / sqrt(200) = 4.1.
    expect(low).toBeGreaterThan(99.5 - 11);
    expect(low).toBeLessThan(99.5 - 5);
    expect(high).toBeGreaterThan(99.5 + 5);
  });
});

import { describe, expect, test } from 'vitest';
import {
  cappedMean,
  expectedShare,
  meanLossShare,
  meanSquareLossShare,
  tailProbability,
} from '../src/index.ts';
import { lossElasticity } from '../src/severity/elasticity.ts';
import { fitLossShare, lossShareCdf, lossShareQuantile } from '../src/severity/lossShare.ts';
import { fitShareBySize } from '../src/severity/shareBySize.ts';
import { fitTail } from '../src/severity/tail.ts';
import { randomOf } from '../src/statistics/random.ts';
import { mean } from '../src/statistics/summary.ts';

const known = { totalMass: 0.087, alpha: 0.374, beta: 1.551 };

/** Draws of a known mixture, by its quantiles. */
const draws = Array.from({ length: 4_000 }, (_, i) => lossShareQuantile((i + 0.5) / 4_000, known));

describe('loss share', () => {
  test('a known mixture is found again, and its moments are those of its draws', () => {
    const { totalMass, alpha, beta } = fitLossShare(draws);
    expect(totalMass).toBeCloseTo(0.087, 2);
    expect(alpha).toBeCloseTo(0.374, 1);
    expect(beta).toBeCloseTo(1.551, 1);
    expect(meanLossShare(known)).toBeCloseTo(mean(draws), 3);
    expect(meanSquareLossShare(known)).toBeCloseTo(mean(draws.map((one) => one * one)), 3);
    expect(lossShareCdf(1, known)).toBe(1);
  });

  test('expected share by size: a known logit is found again', () => {
    const random = randomOf(4);
    const truth = { intercept: -0.5, slope: -1.2 };
    const events = Array.from({ length: 5_000 }, () => {
      const tvl = 10 ** (6 + 3 * random());
      return { tvl, share: random() < expectedShare(tvl, truth) ? 1 : 0 };
    });
    const fit = fitShareBySize(events);
    expect(Math.abs(fit.intercept - truth.intercept)).toBeLessThan(3 * fit.interceptSe);
    expect(Math.abs(fit.slope - truth.slope)).toBeLessThan(3 * fit.slopeSe);
    expect(fit.slopeSe).toBeLessThan(0.1);
  });

  test('elasticity of an exact power is that power', () => {
    const events = [1e6, 1e7, 1e9].map((tvl) => ({ tvl, loss: 3 * tvl ** 0.43 }));
    expect(lossElasticity(events).value).toBeCloseTo(0.43, 10);
  });
});

describe('tail', () => {
  const tail = { threshold: 1e6, shape: 1.11, scale: 3e6 };
  const losses = Array.from({ length: 2_000 }, (_, i) => {
    const p = (i + 0.5) / 2_000;
    return tail.threshold + (tail.scale / tail.shape) * (p ** -tail.shape - 1);
  });

  test('a known tail is found again', () => {
    const fit = fitTail([...losses, 5e5, 10], 1e6);
    expect(fit.shape).toBeCloseTo(1.11, 1);
    expect(fit.scale / 3e6).toBeCloseTo(1, 1);
    expect(fit.shapeInterval.low).toBeLessThan(1.11);
    expect(fit.shapeInterval.high).toBeGreaterThan(1.11);
    expect(fit.shapeInterval.high - fit.shapeInterval.low).toBeLessThan(0.3);
  });

  test.each([0.5, 1, 1.11])('the mean under a cap is the integral of what exceeds, shape %d', (shape) => {
    const one = { ...tail, shape };
    const cap = 5e7;
    const steps = 200_000;
    const width = (cap - one.threshold) / steps;
    let integral = one.threshold;
    for (let i = 0; i < steps; i++)
      integral += width * tailProbability(one.threshold + (i + 0.5) * width, one);
    expect(cappedMean(cap, one) / integral).toBeCloseTo(1, 6);
  });
});

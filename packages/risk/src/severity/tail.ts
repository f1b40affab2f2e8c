import { at } from '../statistics/cholesky.ts';
import { minimise } from '../statistics/minimise.ts';
import { bisect } from '../statistics/special.ts';
import { type Estimate, sum } from '../statistics/summary.ts';

/** Generalised Pareto distribution of what a loss exceeds a threshold by. Its mean is finite only for shapes below 1. */
export type ParetoTail = { readonly threshold: number; readonly shape: number; readonly scale: number };

/** Half the 95 % quantile of chi-squared with one degree of freedom: the depth of a profile interval. */
const PROFILE_DEPTH = 1.920729;

/** Largest likelihood, with the profile interval of the shape. */
export function fitTail(
  losses: readonly number[],
  threshold: number,
): ParetoTail & { readonly shapeInterval: Estimate } {
  const excesses = losses.filter((loss) => loss > threshold).map((loss) => (loss - threshold) / threshold);
  const cost = (shape: number, logScale: number) =>
    negativeLogLikelihood(excesses, shape, Math.exp(logScale));
  const best = minimise(([shape = 0, logScale = 0]) => cost(shape, logScale), [0.5, 1]);
  const shape = at(best.x, 0);
  const profile = (fixed: number) =>
    minimise(([logScale = 0]) => cost(fixed, logScale), [at(best.x, 1)]).value;
  const depth = (fixed: number) => profile(fixed) - best.value - PROFILE_DEPTH;
  return {
    threshold,
    shape,
    scale: Math.exp(at(best.x, 1)) * threshold,
    shapeInterval: {
      value: shape,
      low: bisect((x) => -depth(x), shape - 3, shape),
      high: bisect(depth, shape, shape + 3),
    },
  };
}

function negativeLogLikelihood(excesses: readonly number[], shape: number, scale: number): number {
  if (Math.abs(shape) < 1e-9) return excesses.length * Math.log(scale) + sum(excesses) / scale;
  let total = excesses.length * Math.log(scale);
  for (const excess of excesses) {
    const inner = 1 + (shape * excess) / scale;
    if (inner <= 0) return Number.POSITIVE_INFINITY;
    total += (1 + 1 / shape) * Math.log(inner);
  }
  return total;
}

/** Probability that a loss above the threshold exceeds so much. */
export function tailProbability(loss: number, { threshold, shape, scale }: ParetoTail): number {
  if (loss <= threshold) return 1;
  const excess = (loss - threshold) / scale;
  if (Math.abs(shape) < 1e-9) return Math.exp(-excess);
  return Math.max(0, 1 + shape * excess) ** (-1 / shape);
}

/** Expected loss above the threshold when no more than a cap counts: finite whatever the shape. */
export function cappedMean(cap: number, tail: ParetoTail): number {
  const { threshold, shape, scale } = tail;
  if (cap <= threshold) return cap;
  const excess = (cap - threshold) / scale;
  if (Math.abs(shape - 1) < 1e-9) return threshold + scale * Math.log1p(excess);
  if (Math.abs(shape) < 1e-9) return threshold + scale * -Math.expm1(-excess);
  return threshold + (scale / (1 - shape)) * (1 - (1 + shape * excess) ** (1 - 1 / shape));
}

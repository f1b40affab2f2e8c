import { normalCdf } from '../statistics/normal.ts';

/** A part of the common factor's distribution. */
export type FactorBin = { readonly chance: number; readonly from: number; readonly to: number };

/** Widest bin, and the most that a chance of failure may change within one. */
const WIDEST = 0.125;
const STEEPEST = 1 / 32;

/**
 * Parts of the standard normal distribution from bad to good: equally wide between -6 and 6, so that the tail that
 * makes the large losses is as fine as the middle, and finer where failures hang steeply on the factor. At full
 * correlation the edges are the names' thresholds.
 * @param thresholds normal quantiles of the names' chances of failure
 */
export function factorBins(correlation: number, thresholds: readonly number[]): FactorBin[] {
  const infinity = Number.POSITIVE_INFINITY;
  if (correlation === 0) return [{ chance: 1, from: -infinity, to: infinity }];
  const sorted = [...new Set(thresholds)].sort((a, b) => a - b);
  const edges = correlation >= 1 ? sorted.filter(Number.isFinite) : steepEdges(correlation, sorted);
  return [...edges, infinity].map((to, i) => {
    const from = edges[i - 1] ?? -infinity;
    // From the side of the tail, where the difference keeps its digits.
    const chance = from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from);
    return { chance, from, to };
  });
}

function steepEdges(correlation: number, sorted: readonly number[]): number[] {
  const measured = [0, 0.5, 1].map((share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  const isSteep = (from: number, to: number) =>
    measured.some(
      (failure) =>
        conditionalFailure(failure, correlation, from) - conditionalFailure(failure, correlation, to) >
        STEEPEST,
    );
  const edges = [-6];
  const add = (from: number, to: number, depth: number) => {
    const middle = (from + to) / 2;
    if (depth > 0 && isSteep(from, to)) {
      add(from, middle, depth - 1);
      add(middle, to, depth - 1);
    } else edges.push(to);
  };
  for (let from = -6; from < 6; from += WIDEST) add(from, from + WIDEST, 10);
  return edges;
}

/**
 * Chance of failure given the factor: Phi((c - sqrt(rho) factor) / sqrt(1 - rho)).
 * @param threshold c, the normal quantile of the chance of failure
 */
export function conditionalFailure(threshold: number, correlation: number, factor: number): number {
  if (correlation >= 1) return factor < threshold ? 1 : 0;
  return normalCdf((threshold - Math.sqrt(correlation) * factor) / Math.sqrt(1 - correlation));
}

/** Gauss-Legendre with 4 points on [-1, 1]: abscissas and weights. Bins are narrow. */
const legendre = [
  [-0.861136311594053, 0.347854845137454],
  [-0.339981043584856, 0.652145154862546],
  [0.339981043584856, 0.652145154862546],
  [0.861136311594053, 0.347854845137454],
] as const;

/** Points of the factor within a bin, with weights that add up to one. */
export function pointsOf({ from, to }: FactorBin): { factor: number; weight: number }[] {
  const [low, high] = [Math.max(from, -9), Math.min(to, 9)];
  const points = legendre.map(([abscissa, weight]) => {
    const factor = low + ((high - low) * (abscissa + 1)) / 2;
    return { factor, weight: weight * Math.exp((-factor * factor) / 2) };
  });
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return points.map(({ factor, weight }) => ({ factor, weight: weight / total }));
}

import type { LossShare } from '../severity/lossShare.ts';
import { betaCdf, betaQuantile } from '../statistics/special.ts';
import type { SeverityLaw } from './types.ts';

/**
 * A loss share in equally likely values: each is the mean of its part of the distribution, so the mean is exact and the
 * second moment a little low.
 * @param count a power of two
 */
export function severityLaw({ totalMass, alpha, beta }: LossShare, count = 1024): SeverityLaw {
  const rest = 1 - totalMass;
  const mean = alpha / (alpha + beta);
  // Expectation below the quantile of each edge, of the whole mixture.
  const below = (edge: number) => {
    if (rest === 0 || edge >= rest) return rest * mean + (edge - rest);
    return rest * mean * betaCdf(betaQuantile(edge / rest, alpha, beta), alpha + 1, beta);
  };
  const edges = Array.from({ length: count + 1 }, (_, i) => below(i / count));
  return edges.slice(1).map((upper, i) => Math.min(1, Math.max(0, (upper - (edges[i] ?? 0)) * count)));
}

/** Mean of a law. */
export function meanOf(law: SeverityLaw): number {
  return law.reduce((sum, value) => sum + value, 0) / law.length;
}

import { betaCdf, betaQuantile } from './specialFunctions.ts';
import type { SeverityLaw } from './types.ts';

/** Severity of a failure: a total loss with some chance, else a Beta distribution. */
export type SeverityMixture = {
  /** Chance of a total loss, 0 to 1. */
  readonly totalLoss: number;
  readonly alpha: number;
  readonly beta: number;
};

/**
 * The mixture in equally likely values: each is the mean of its part of the distribution, so the mean is exact and the
 * second moment a little low.
 * @param count a power of two
 */
export function severityLaw({ totalLoss, alpha, beta }: SeverityMixture, count = 1024): SeverityLaw {
  const rest = 1 - totalLoss;
  const mean = alpha / (alpha + beta);
  // Expectation below the quantile of each edge, of the whole mixture.
  const below = (edge: number) => {
    if (rest === 0 || edge >= rest) return rest * mean + (edge - rest);
    return rest * mean * betaCdf(betaQuantile(edge / rest, alpha, beta), alpha + 1, beta);
  };
  const edges = Array.from({ length: count + 1 }, (_, i) => below(i / count));
  return edges.slice(1).map((upper, i) => Math.min(1, Math.max(0, (upper - (edges[i] ?? 0)) * count)));
}

/** The same loss every time. */
export function constantSeverity(share: number): SeverityLaw {
  return [share];
}

/** Mean of a law. */
export function meanOf(law: SeverityLaw): number {
  return law.reduce((sum, value) => sum + value, 0) / law.length;
}

/** Mean of the squares of a law. */
export function secondMomentOf(law: SeverityLaw): number {
  return law.reduce((sum, value) => sum + value * value, 0) / law.length;
}

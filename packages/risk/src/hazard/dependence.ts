import { at } from '../statistics/cholesky.ts';
import { normalQuantile } from '../statistics/normal.ts';
import { randomOf } from '../statistics/random.ts';
import { bisect } from '../statistics/special.ts';
import { bootstrap, type Estimate, sum } from '../statistics/summary.ts';
import type { Experience } from './credibility.ts';

/**
 * How much the counts of periods vary beyond Poisson's, relative to the square of what was expected: the variance of a
 * shock that multiplies everybody's hazard. Negative where they vary less; its expectation is 0 without dependence.
 */
export function clustering(periods: readonly Experience[]): number {
  const excess = sum(periods.map(({ expected, events }) => (events - expected) ** 2 - expected));
  return excess / sum(periods.map(({ expected }) => expected ** 2));
}

/** Clustering with its 95 % interval, by bootstrap over the periods. */
export function describeClustering(periods: readonly Experience[], seed: number, times = 1_000): Estimate {
  return bootstrap(periods.length, (indices) => clustering(indices.flatMap((i) => periods[i] ?? [])), {
    random: randomOf(seed),
    times,
  });
}

/**
 * Correlation of the one-factor normal model under which two protocols, each exploited within a period with probability
 * `p`, are so much likelier to be exploited together than by chance: joint probability = p^2 (1 + clustering).
 */
export function assetCorrelation(excess: number, p: number): number {
  if (excess <= 0) return 0;
  const d = normalQuantile(p);
  return bisect((rho) => jointExcess(d, rho) / (p * p) - excess, 0, 0.999);
}

/** Joint probability less its value without correlation: the integral of the bivariate density over the correlation. */
function jointExcess(d: number, rho: number): number {
  const steps = 200;
  const density = (r: number) => Math.exp((-d * d) / (1 + r)) / (2 * Math.PI * Math.sqrt(1 - r * r));
  let total = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    total += weight * density((rho * i) / steps);
  }
  return (total * rho) / steps / 3;
}

/** Expected and seen events of equal periods, the expected ones falling as the run-off says. */
export function periodsOf(
  days: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
  runOff: number,
  periodDays: number,
): readonly Experience[] {
  const count = Math.floor((end - start) / periodDays);
  const seen = Array.from({ length: count }, () => 0);
  for (const day of days) {
    const i = Math.floor((day - start) / periodDays);
    if (i >= 0 && i < count) seen[i] = at(seen, i) + 1;
  }
  const weights = seen.map((_, i) => Math.exp((-runOff * (i + 0.5) * periodDays) / 365));
  const total = sum(seen) / sum(weights);
  return seen.map((events, i) => ({ expected: total * at(weights, i), events }));
}

import { at } from './cholesky.ts';
import { pick, type Random } from './random.ts';

/** An estimate with the interval it lies in. */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number };

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : sum(values) / values.length;
}

/** Quantile with linear interpolation between order statistics (type 7). */
export function quantile(values: readonly number[], probability: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * probability;
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return at(sorted, low) + (place - low) * (at(sorted, high) - at(sorted, low));
}

/**
 * Percentile interval of a statistic by bootstrap over indices: draws as many with replacement, `times` times.
 * Draws in which the statistic is not a number (no event among them, say) do not count.
 */
export function bootstrap(
  size: number,
  statistic: (indices: readonly number[]) => number,
  { times = 1_000, confidence = 0.95, random }: { times?: number; confidence?: number; random: Random },
): Estimate {
  const all = Array.from({ length: size }, (_, i) => i);
  const draws: number[] = [];
  for (let time = 0; time < times; time++) {
    const value = statistic(all.map(() => pick(random, size)));
    if (Number.isFinite(value)) draws.push(value);
  }
  const tail = (1 - confidence) / 2;
  return { value: statistic(all), low: quantile(draws, tail), high: quantile(draws, 1 - tail) };
}

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

/** How intervals are drawn. */
export type Drawing = { readonly random: Random; readonly times?: number; readonly confidence?: number };

/**
 * Percentile intervals of several statistics by bootstrap over units: draws as many units with replacement. Draws in
 * which a statistic is not a number (no event among them, say) do not count for it.
 */
export function bootstrapAll<K extends string>(
  units: readonly (readonly number[])[],
  statistics: (indices: readonly number[]) => Readonly<Record<K, number>>,
  { random, times = 1_000, confidence = 0.95 }: Drawing,
): Readonly<Record<K, Estimate>> {
  const values = statistics(units.flat());
  const names = Object.keys(values) as K[];
  const draws = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let time = 0; time < times; time++) {
    const drawn = statistics(units.flatMap(() => units[pick(random, units.length)] ?? []));
    for (const name of names) if (Number.isFinite(drawn[name])) draws.get(name)?.push(drawn[name]);
  }
  const tail = (1 - confidence) / 2;
  const intervalOf = (name: K): Estimate => {
    const sample = draws.get(name) ?? [];
    return { value: values[name], low: quantile(sample, tail), high: quantile(sample, 1 - tail) };
  };
  return Object.fromEntries(names.map((name) => [name, intervalOf(name)])) as Record<K, Estimate>;
}

/** Percentile interval of one statistic, over single units. */
export function bootstrap(
  size: number,
  statistic: (indices: readonly number[]) => number,
  drawing: Drawing,
): Estimate {
  const units = Array.from({ length: size }, (_, i) => [i]);
  return bootstrapAll(units, (indices) => ({ value: statistic(indices) }), drawing).value;
}

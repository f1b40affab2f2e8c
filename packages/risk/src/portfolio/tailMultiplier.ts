import type { LossMeasures } from './lossMeasures.ts';

/** Bounds of a pool's tail multiplier. */
export const LEAST_Z = 3.5;
export const MOST_Z = 7.5;

/** A pool's tail multiplier: as found, and within its bounds. */
export type TailMultiplier = { readonly found: number; readonly z: number };

/**
 * z of a pool: how many roots of V lie between the mean loss and the value at risk. Required capital z sqrt(V) then
 * carries the loss that premium, which pays the mean, does not.
 * @param variance V of the book as its cards weigh it, in the square of the measures' unit
 */
export function tailMultiplier({ mean, valueAtRisk }: LossMeasures, variance: number): TailMultiplier {
  const found = variance > 0 ? (valueAtRisk - mean) / Math.sqrt(variance) : MOST_Z;
  return { found, z: Math.min(MOST_Z, Math.max(LEAST_Z, found)) };
}

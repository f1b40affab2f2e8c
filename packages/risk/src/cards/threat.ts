import type { ThreatSignal } from './types.ts';

/** Seconds in which a signal's addition halves when it does not say so itself. */
export const HALF_LIFE = 30 * 86_400;

/**
 * What threat signals multiply a hazard with at a moment: all at once when they are seen, then what each adds halves with
 * its half-life.
 * @param time seconds; signals seen later count as seen now
 * @param most largest product
 */
export function threatMultiplier(signals: readonly ThreatSignal[], time: number, most: number): number {
  let added = 0;
  for (const { multiplier, seenAt, halfLife = HALF_LIFE } of signals) {
    added += Math.max(0, multiplier - 1) * 2 ** (-Math.max(0, time - seenAt) / halfLife);
  }
  return Math.min(most, 1 + added);
}

/** Least and most of each field of a card, as the oracle enforces them. Source: `CardBounds`. */
export const cardBounds = {
  /** 1e8 = 100 % a year. */
  el: [250_000, 100_000_000],
  /** 1e8 = 1. */
  v: [10_000, 100_000_000],
  s: [10_000, 100_000_000],
  /** 1e4 = 1; or zero. */
  w: [100, 10_000],
  /** Basis points of pricing capital. */
  maxShare: [1, 2_500],
  /** Whole units of the asset. */
  maxCover: [1, 2 ** 48 - 1],
  /** Basis points of pricing capital. */
  hardCap: [1, 10_000],
  softCap: [1, 200_000],
  /** 1e4 = 1. */
  z: [35_000, 75_000],
  /** Basis points a year. */
  elSenior: [0, 10_000],
} as const satisfies Record<string, readonly [number, number]>;

/** Longest time that a card is valid, seconds. */
export const MAX_VALIDITY = 30 * 86_400;

/** A value within bounds, rounded up. */
export function boundUp(value: number, [least, most]: readonly [number, number]): number {
  return Math.min(most, Math.max(least, Math.ceil(value - 1e-6)));
}

/** A value within bounds, rounded down. */
export function boundDown(value: number, [least, most]: readonly [number, number]): number {
  return Math.min(most, Math.max(least, Math.floor(value + 1e-6)));
}

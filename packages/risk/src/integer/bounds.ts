/** The smaller of two. */
export function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The larger of two. */
export function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** `a - b`, or 0 where that is negative. */
export function minusFloored(a: bigint, b: bigint): bigint {
  return a > b ? a - b : 0n;
}

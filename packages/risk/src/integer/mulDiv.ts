/**
 * `x * y / d` rounded down.
 * @param d positive
 * @throws RangeError for `d` = 0
 */
export function mulDivDown(x: bigint, y: bigint, d: bigint): bigint {
  return (x * y) / d;
}

/**
 * `x * y / d` rounded up. All three not negative.
 * @param d positive
 * @throws RangeError for `d` = 0
 */
export function mulDivUp(x: bigint, y: bigint, d: bigint): bigint {
  return (x * y + d - 1n) / d;
}

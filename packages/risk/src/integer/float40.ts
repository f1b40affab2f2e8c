/**
 * An amount as 40 bits keep it, mantissa u36 x 16^exponent: rounded down by less than one part in 2^32. Amounts below
 * 2^36 are exact, and what was rounded once is not rounded again.
 *
 * Source: `Float40`.
 */
export function toFloat40(amount: bigint): bigint {
  let exponent = 0n;
  while (amount >> (36n + 4n * exponent) !== 0n) exponent += 1n;
  return (amount >> (4n * exponent)) << (4n * exponent);
}

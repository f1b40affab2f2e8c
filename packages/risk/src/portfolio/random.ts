/** Bijective mixing of 32 bits (lowbias32). */
export function mix(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/** A seed of any size as the two words that paths start from. */
export function seedWords(seed: bigint): readonly [number, number] {
  const low = mix(Number(BigInt.asUintN(32, seed)));
  return [low, mix(low ^ Number(BigInt.asUintN(32, seed >> 32n)))];
}

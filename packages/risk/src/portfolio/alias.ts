/**
 * Alias table (Walker, Vose) over 2^bits columns in one word each: the low `bits` bits are the alias, the others the
 * threshold. A uniform word r chooses column r >>> (32 - bits), and keeps it if its other bits are below the threshold.
 * Chances are exact to 2^-32.
 */
export type AliasTable = { readonly bits: number; readonly words: Uint32Array };

/** Bits that suffice for a number of columns; at least 1. */
export function bitsFor(columns: number): number {
  return Math.max(1, Math.ceil(Math.log2(columns)));
}

/**
 * Builds the table of a discrete distribution.
 * @param weights not negative, not all zero; need not add up to one
 * @param bits at least `bitsFor(weights.length)`, at most 16
 */
export function aliasTable(weights: ArrayLike<number>, bits = bitsFor(weights.length)): AliasTable {
  const columns = 2 ** bits;
  const scale = 2 ** (32 - bits);
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i] ?? 0;
  const filled = new Float64Array(columns);
  for (let i = 0; i < weights.length; i++) filled[i] = ((weights[i] ?? 0) / total) * columns;

  const words = new Uint32Array(columns);
  // Columns below their fair share from the front, the others from the back.
  const waiting = new Int32Array(columns);
  let small = 0;
  let large = columns;
  for (let i = 0; i < columns; i++) {
    if ((filled[i] as number) < 1) waiting[small++] = i;
    else waiting[--large] = i;
  }
  while (small > 0 && large < columns) {
    const low = waiting[--small] as number;
    const high = waiting[large] as number;
    const share = filled[low] as number;
    const threshold = Math.min(scale - 1, Math.round(share * scale));
    words[low] = (threshold * columns + high) >>> 0;
    const left = (filled[high] as number) - (1 - share);
    filled[high] = left;
    if (left < 1) {
      large++;
      waiting[small++] = high;
    }
  }
  const whole = (i: number) => {
    words[i] = ((scale - 1) * columns + i) >>> 0;
  };
  for (let k = 0; k < small; k++) whole(waiting[k] as number);
  for (let k = large; k < columns; k++) whole(waiting[k] as number);
  return { bits, words };
}

/** Chance of each outcome that a table gives, of 2^32: what it was built for, to rounding. */
export function chancesOf({ bits, words }: AliasTable): Float64Array {
  const columns = 2 ** bits;
  const scale = 2 ** (32 - bits);
  const chances = new Float64Array(columns);
  words.forEach((entry, i) => {
    const threshold = entry >>> bits;
    const alias = entry & (columns - 1);
    chances[i] = (chances[i] ?? 0) + threshold;
    chances[alias] = (chances[alias] ?? 0) + (scale - threshold);
  });
  return chances;
}

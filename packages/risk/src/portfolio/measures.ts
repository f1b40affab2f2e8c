/**
 * The k-th smallest of some values, by selection; reorders them so that the smaller stand before it and the larger
 * behind.
 * @param values changed
 * @param k from 0
 */
export function selectSmallest(values: Float64Array, k: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = medianOfThree(values, left, right);
    let i = left - 1;
    let j = right + 1;
    for (;;) {
      do i++;
      while ((values[i] as number) < pivot);
      do j--;
      while ((values[j] as number) > pivot);
      if (i >= j) break;
      const swapped = values[i] as number;
      values[i] = values[j] as number;
      values[j] = swapped;
    }
    if (k <= j) right = j;
    else left = j + 1;
  }
  return values[k] ?? 0;
}

function medianOfThree(values: Float64Array, left: number, right: number): number {
  const a = values[left] as number;
  const b = values[(left + right) >>> 1] as number;
  const c = values[right] as number;
  // Never the last place: the partition must shrink.
  if (a < b) return b < c ? b : a < c ? c : a;
  return a < c ? a : b < c ? c : b;
}

/** Sizes above which a quantile is looked for among the largest values alone. */
const MANY = 65_536;
const SAMPLE = 4_096;

/**
 * The k-th smallest of some values. Of many values, those below a bound that a sample suggests are counted only.
 * @param k from 0
 */
export function quantileOf(values: Float64Array, k: number): number {
  const { length } = values;
  const margin = 4 * Math.sqrt(SAMPLE);
  const sampleRank = Math.floor((k / length) * SAMPLE - margin);
  if (length < MANY || sampleRank <= 0) return selectSmallest(values.slice(), k);
  const sample = Float64Array.from(
    { length: SAMPLE },
    (_, i) => values[Math.floor((i * length) / SAMPLE)] ?? 0,
  );
  const bound = selectSmallest(sample, sampleRank);
  let below = 0;
  for (let i = 0; i < length; i++) if ((values[i] as number) < bound) below++;
  // The sample misled.
  if (below > k) return selectSmallest(values.slice(), k);
  const candidates = new Float64Array(length - below);
  for (let i = 0, at = 0; i < length; i++) {
    const value = values[i] as number;
    if (value >= bound) candidates[at++] = value;
  }
  return selectSmallest(candidates, k - below);
}

/** Rank from 0 of the value at risk: the smallest loss that a share `level` of the paths does not exceed. */
export function rankOf(level: number, paths: number): number {
  return Math.min(paths - 1, Math.max(0, Math.ceil(level * paths - 1e-9) - 1));
}

/** Sum of whole numbers, exact whatever its size. */
export function exactSum(values: Float64Array): bigint {
  let total = 0n;
  for (let start = 0; start < values.length; start += 4096) {
    let sum = 0;
    const end = Math.min(start + 4096, values.length);
    for (let i = start; i < end; i++) sum += values[i] as number;
    total += BigInt(sum);
  }
  return total;
}

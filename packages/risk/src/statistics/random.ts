/** A source of numbers from 0 (included) to 1 (excluded), the same for the same seed. */
export type Random = () => number;

/** The generator sfc32 of a seed: small, fast, and good enough for resampling. */
export function randomOf(seed: number): Random {
  let a = seed >>> 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let d = 1;
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** A whole number from 0 to below `size`. */
export function pick(random: Random, size: number): number {
  return Math.floor(random() * size);
}

/** A Poisson count, by inversion; for means below a few hundred. */
export function poissonDraw(random: Random, mean: number): number {
  let count = 0;
  let term = Math.exp(-mean);
  let left = random() - term;
  while (left > 0 && count < 10_000) {
    count++;
    term *= mean / count;
    left -= term;
  }
  return count;
}

import { at } from './cholesky.ts';

/**
 * Smallest value of a function by the simplex method of Nelder and Mead; for a few parameters and smooth functions.
 * Points where the function is not finite are avoided.
 * @param step size of the first simplex in each direction
 */
export function minimise(
  f: (x: readonly number[]) => number,
  start: readonly number[],
  { step = 0.2, tolerance = 1e-12, most = 2_000 }: { step?: number; tolerance?: number; most?: number } = {},
): { readonly x: readonly number[]; readonly value: number } {
  const safe = (x: readonly number[]) => {
    const value = f(x);
    return Number.isFinite(value) ? value : Number.MAX_VALUE;
  };
  const corner = (x: readonly number[]) => ({ x, value: safe(x) });
  const shifted = start.map((_, i) => start.map((one, k) => (k === i ? one + step : one)));
  const simplex = [start, ...shifted].map(corner);
  for (let round = 0; round < most; round++) {
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0] ?? corner(start);
    const worst = simplex.at(-1) ?? best;
    const second = simplex.at(-2) ?? best;
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + tolerance)) break;
    const centre = start.map((_, k) => {
      let total = 0;
      for (const { x } of simplex.slice(0, -1)) total += at(x, k);
      return total / start.length;
    });
    const along = (t: number) => corner(centre.map((one, k) => one + t * (one - at(worst.x, k))));
    let next = along(1);
    if (next.value < best.value) {
      const further = along(2);
      if (further.value < next.value) next = further;
    } else if (next.value >= second.value) {
      next = next.value < worst.value ? along(0.5) : along(-0.5);
    }
    if (next.value < worst.value) simplex[simplex.length - 1] = next;
    else shrink(simplex, best.x, corner);
  }
  simplex.sort((a, b) => a.value - b.value);
  return simplex[0] ?? corner(start);
}

type Corner = { x: readonly number[]; value: number };

function shrink(simplex: Corner[], best: readonly number[], corner: (x: readonly number[]) => Corner): void {
  for (let i = 1; i < simplex.length; i++) {
    simplex[i] = corner((simplex[i]?.x ?? best).map((one, k) => (one + at(best, k)) / 2));
  }
}

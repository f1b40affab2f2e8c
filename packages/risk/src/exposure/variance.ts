import type { GroupId, Position } from '../types.ts';
import { RATE } from '../units.ts';

/**
 * Idiosyncratic term of a market: v X^2, times 1e16, exact.
 *
 * Source: `ExposureMath.idiosyncratic`.
 * @param v coefficient, 1e8 = 1
 * @param x committed cover X, asset units
 */
export function idiosyncratic(v: bigint, x: bigint): bigint {
  return v * x * x * RATE;
}

/**
 * Term of a group: s Y^2, times 1e16, exact.
 *
 * Source: `ExposureMath.systematic`.
 * @param s coefficient, 1e8 = 1
 * @param y weighted load Y, 1e-4 asset units
 */
export function systematic(s: bigint, y: bigint): bigint {
  return s * y * y;
}

/** Weight of a position's card in its i-th group, 1e4 = 1. */
export function weightOf(card: Position['card'], i: number): bigint {
  return BigInt(card.w[i] ?? 0);
}

/** Weighted and unweighted loads of every group, from all positions. */
export function groupLoads(
  positions: Iterable<Position>,
): Map<GroupId, { weighted: bigint; unweighted: bigint }> {
  const loads = new Map<GroupId, { weighted: bigint; unweighted: bigint }>();
  for (const { groups, committed, card } of positions) {
    groups.forEach((group, i) => {
      const { weighted, unweighted } = loads.get(group) ?? { weighted: 0n, unweighted: 0n };
      loads.set(group, {
        weighted: weighted + weightOf(card, i) * committed,
        unweighted: unweighted + committed,
      });
    });
  }
  return loads;
}

/**
 * V = sum v X^2 + sum s Y^2 with Y = sum w X, over a whole book, times 1e16, exact: what the pool's running figure
 * must equal after any sequence of purchases, ends, cancellations and card changes.
 * @param coefficients s of each group, 1e8 = 1; 0 where it is missing
 */
export function bookVariance(
  positions: readonly Position[],
  coefficients: ReadonlyMap<GroupId, number>,
): bigint {
  let variance = 0n;
  for (const { committed, card } of positions) variance += idiosyncratic(BigInt(card.v), committed);
  for (const [group, { weighted }] of groupLoads(positions)) {
    variance += systematic(BigInt(coefficients.get(group) ?? 0), weighted);
  }
  return variance;
}

/** The exposure of a whole book from its positions, from nothing. */
export function exposureOf(positions: readonly Position[], coefficients: ReadonlyMap<GroupId, number>) {
  const groups = new Map(
    [...groupLoads(positions)].map(([group, load]) => [group, { ...load, s: coefficients.get(group) ?? 0 }]),
  );
  return {
    variance: bookVariance(positions, coefficients),
    totalCover: positions.reduce((sum, { committed }) => sum + committed, 0n),
    groups,
  };
}

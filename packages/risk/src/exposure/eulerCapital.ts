import { mulDivDown } from '../integer/mulDiv.ts';
import { sqrt } from '../integer/sqrt.ts';
import { requiredCapitalUp } from '../premium/requiredCapital.ts';
import type { Exposure, Position } from '../types.ts';
import { CAPITAL_UNIT } from '../units.ts';
import { slopeOf } from './slope.ts';

/** An exact fraction. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/**
 * Capital a market ties up: C = X z (v X + sum s w Y) / sqrt(V), asset units, as the pool shows it. It divides by the
 * root rounded down and then rounds down.
 *
 * Source: `PoolViews.marketState`.
 * @param z tail multiplier, 1e4 = 1
 */
export function eulerCapital(exposure: Exposure, position: Position, z: bigint): bigint {
  const root = sqrt(exposure.variance);
  if (root === 0n || position.committed === 0n) return 0n;
  const { own, groups } = slopeOf(exposure, position);
  return mulDivDown(position.committed * z, own + groups, root * CAPITAL_UNIT);
}

/**
 * A market's exact share of required capital: X (v X + sum s w Y) / V. The shares of all markets add up to one.
 * Zero over one for an empty book.
 */
export function eulerShare(exposure: Exposure, position: Position): Fraction {
  if (exposure.variance === 0n) return { numerator: 0n, denominator: 1n };
  const { own, groups } = slopeOf(exposure, position);
  return { numerator: position.committed * (own + groups), denominator: exposure.variance };
}

/**
 * Required capital S shared out among all markets of a book, 1e-12 asset units: the parts add up to S (rounded up)
 * exactly, and each is within one of its exact share.
 * @param positions all of the book's
 * @param z tail multiplier, 1e4 = 1
 */
export function allocateCapital(exposure: Exposure, positions: readonly Position[], z: bigint): bigint[] {
  const required = requiredCapitalUp(exposure.variance, z);
  let weight = 0n;
  let given = 0n;
  return positions.map((position) => {
    weight += eulerShare(exposure, position).numerator;
    const upToHere = exposure.variance === 0n ? 0n : mulDivDown(required, weight, exposure.variance);
    const part = upToHere - given;
    given = upToHere;
    return part;
  });
}

import type { Exposure, Position } from '../types.ts';
import { RATE } from '../units.ts';
import { weightOf } from './variance.ts';
import { loadOf } from './weigh.ts';

/** Half the derivative of V by a market's cover, its own part and its groups'; times 1e16, exact. */
export type Slope = {
  /** v X. */
  readonly own: bigint;
  /** sum s w Y. */
  readonly groups: bigint;
};

/**
 * Half of dV/dX of a market: v X + sum s w Y. Times X and summed over all markets it is V itself.
 *
 * Source: `PoolViews.marketState`.
 */
export function slopeOf(exposure: Exposure, { groups, committed, card }: Position): Slope {
  let shared = 0n;
  groups.forEach((group, i) => {
    const { s, weighted } = loadOf(exposure, group);
    shared += BigInt(s) * weightOf(card, i) * weighted;
  });
  return { own: BigInt(card.v) * committed * RATE, groups: shared };
}

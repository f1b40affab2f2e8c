import { max, min, minusFloored } from './integer/bounds.ts';
import { toFloat40 } from './integer/float40.ts';
import type { ByTranche } from './tranches/split.ts';
import { DAY, WAD } from './units.ts';

/** ln 1.1 a day, 18 decimals: growth by its tangent never exceeds 1.10 a day, in however many steps. */
export const PRICING_GROWTH = 95_310_179_804_324_860n;

/** Growth counts from no less than free capital divided by this, so that pricing capital leaves zero again. */
export const PRICING_FLOOR = 64n;

/** What pricing capital follows from, asset units. */
export type PricingCapitalInputs = ByTranche & {
  /** Pricing capital before; what a pool's 40 bits cannot hold is cut off. */
  readonly pricingCapital: bigint;
  /** Capital that has asked to leave. */
  readonly requestedExits: bigint;
  /** Committed cover of all markets. */
  readonly totalCover: bigint;
  /** Seconds since it was last brought up to date. */
  readonly elapsed: bigint;
};

/** Capital of both tranches without what has asked to leave, asset units. */
export function freeCapital({
  junior,
  senior,
  requestedExits,
}: ByTranche & { requestedExits: bigint }): bigint {
  return minusFloored(junior + senior, requestedExits);
}

/**
 * Pricing capital as of now: it falls to free capital at once and rises towards it by at most ln 1.1 a day of itself or
 * of a 64th of free capital, whichever is more, rounded down; a pool that carries no cover follows at once. So capital
 * cannot be rented for the length of a purchase, and pricing capital that fell to nothing grows again. A pool keeps it
 * in 40 bits, which is one part in 2^32 at most below.
 *
 * Source: `PoolBase._loadCapital`; with `elapsed` = 0 `PoolBase._reprice`.
 */
export function growPricingCapital(inputs: PricingCapitalInputs): bigint {
  const { totalCover, elapsed } = inputs;
  const pricingCapital = toFloat40(inputs.pricingCapital);
  const free = freeCapital(inputs);
  if (totalCover === 0n || pricingCapital >= free) return toFloat40(free);
  const base = max(pricingCapital, free / PRICING_FLOOR);
  return toFloat40(min(free, pricingCapital + (base * PRICING_GROWTH * elapsed) / (DAY * WAD)));
}

import { min } from '../integer/bounds.ts';
import { BPS } from '../units.ts';
import { expectedLoss } from './expectedLoss.ts';

/** What a cancelled cover is refunded by. */
export type CancellationInputs = {
  /** Asset units. */
  readonly cover: bigint;
  /** Premium streamed to the tranches, asset units per second times 2^16. */
  readonly rate: bigint;
  /** Seconds from now to the end of cover. */
  readonly left: bigint;
  /** Expected loss rate of today's card, 1e8 = 100 % a year. */
  readonly el: bigint;
  /** Fee, basis points. */
  readonly feeBps: bigint;
};

/**
 * Refund of a cancelled cover: (1 - fee) x min(unearned premium, its expected-loss part at today's card), rounded
 * down, asset units.
 *
 * Source: `PoolCover._refund`.
 */
export function cancellationRefund({ cover, rate, left, el, feeBps }: CancellationInputs): bigint {
  const unearned = (rate * left) >> 16n;
  return (min(unearned, expectedLoss(cover, el, left)) * (BPS - feeBps)) / BPS;
}

/**
 * Rate at which a premium streams to the tranches over its term, rounded down, asset units per second times 2^16.
 *
 * Source: `PoolPricing._priceNew`.
 * @param net premium without fee, asset units
 * @param term seconds, positive
 */
export function streamRate(net: bigint, term: bigint): bigint {
  return (net << 16n) / term;
}

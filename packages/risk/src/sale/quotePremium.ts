import { applyCards, positionOf } from '../exposure/applyCards.ts';
import { loadOf, weigh } from '../exposure/weigh.ts';
import type { Book, Market } from '../types.ts';
import { DAY, MAX_COVER, MAX_GROUP_COVER, MAX_TERM, MIN_TERM } from '../units.ts';
import { checkSale } from './checkSale.ts';
import { chargeFor, type QuoteResult, refuse } from './quote.ts';
import type { Refusal } from './refusal.ts';

/** What is to be bought. */
export type Purchase = {
  /** Asset units. */
  readonly cover: bigint;
  /** Whole UTC days, from the first day boundary after the waiting period. */
  readonly coverDays: number;
  /** Time of the purchase, seconds. */
  readonly now: bigint;
};

/**
 * What new cover costs in a pool held in memory: the answer of the pool's `quote` at the same block, to the wei, with
 * the book as the purchase would leave it; or the error the pool would give. A market that is not caught up is quoted
 * as it stands, as the pool does.
 *
 * Source: `PoolViews.quote`, `PoolPricing._priceNew`.
 * @throws LoadExceededError when the book does not carry the market
 */
export function quotePremium(book: Book, market: Market, { cover, coverDays, now }: Purchase): QuoteResult {
  if (cover <= 0n) return refuse({ name: 'AmountZero' });
  if (cover > MAX_COVER) return refuse({ name: 'AmountTooLarge', amount: cover, max: MAX_COVER });
  const before = applyCards(book, market);
  const stopped = checkSale(before.book, before.market, now);
  if (stopped) return refuse(stopped);
  const startDay = (now + market.waitingPeriod + DAY - 1n) / DAY;
  const end = (startDay + BigInt(coverDays)) * DAY;
  const term = end - now;
  if (term < MIN_TERM || term > MAX_TERM) {
    return refuse({ name: 'TermOutOfBounds', term, min: MIN_TERM, max: MAX_TERM });
  }
  const position = positionOf(before.market);
  const committed = market.committed + cover;
  if (committed > MAX_COVER) return refuse({ name: 'AmountTooLarge', amount: committed, max: MAX_COVER });
  const after = weigh(before.book, position, { committed, card: position.card });
  const overflow = checkStorage(after, market);
  if (overflow) return refuse(overflow);
  return chargeFor(
    after,
    { ...before.market, committed },
    {
      cover,
      start: startDay * DAY,
      end,
      term,
      countedFrom: now,
      varianceBefore: before.book.variance,
    },
  );
}

/** A pool keeps the unweighted cover of a group in 96 bits. */
function checkStorage(book: Book, { groups }: Market): Refusal | undefined {
  for (const group of groups) {
    const cover = loadOf(book, group).unweighted;
    if (cover > MAX_GROUP_COVER) return { name: 'Overflow', group, cover, max: MAX_GROUP_COVER };
  }
  return;
}

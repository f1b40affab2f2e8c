import { applyCards, positionOf } from '../exposure/applyCards.ts';
import { weigh } from '../exposure/weigh.ts';
import type { Book, Market } from '../types.ts';
import { DAY, MAX_TERM, MIN_TERM } from '../units.ts';
import { checkSale } from './checkSale.ts';
import { chargeFor, type QuoteResult, refuse } from './quote.ts';

/** By what a cover is to be extended. */
export type Extension = {
  /** Cover of the policy, part of what the market carries; asset units. */
  readonly cover: bigint;
  /** End of the policy, a day boundary, seconds. */
  readonly end: bigint;
  /** Whole UTC days added. */
  readonly addDays: number;
  /** Seconds. */
  readonly now: bigint;
};

/**
 * What days added to a policy cost, as if its cover were the last unit sold: the answer of the pool's `quoteExtension`
 * at the same block, to the wei; or the error the pool would give. What is added has its own waiting period: the
 * extension comes that long before the old end, at the latest.
 *
 * Source: `PoolViews.quoteExtension`, `PoolPricing._priceExtension`.
 * @throws LoadExceededError when the market does not carry the policy
 */
export function quoteExtension(book: Book, market: Market, extension: Extension): QuoteResult {
  const { cover, addDays, now } = extension;
  const current = applyCards(book, market);
  const stopped = checkSale(current.book, current.market, now);
  if (stopped) return refuse(stopped);
  const latest = extension.end - current.market.waitingPeriod;
  if (now > latest) return refuse({ name: 'ExtensionTooLate', latest });
  const added = BigInt(addDays) * DAY;
  const end = extension.end + added;
  const term = end - now;
  if (addDays === 0 || term > MAX_TERM) {
    return refuse({ name: 'TermOutOfBounds', term, min: MIN_TERM, max: MAX_TERM });
  }
  const position = positionOf(current.market);
  const without = weigh(current.book, position, {
    committed: position.committed - cover,
    card: position.card,
  });
  return chargeFor(current.book, current.market, {
    cover,
    start: extension.end,
    end,
    term: added,
    countedFrom: extension.end,
    varianceBefore: without.variance,
  });
}

import { mulDivDown, mulDivUp } from '../integer/mulDiv.ts';
import { streamRate } from '../premium/cancellation.ts';
import { expectedLoss } from '../premium/expectedLoss.ts';
import { feeOn } from '../premium/feeOn.ts';
import { premium } from '../premium/premium.ts';
import { requiredCapitalDown, requiredCapitalUp } from '../premium/requiredCapital.ts';
import type { Book, Market } from '../types.ts';
import { CAPITAL_UNIT, WAD } from '../units.ts';
import { checkGates } from './gates.ts';
import type { Refusal } from './refusal.ts';

/** What a purchase costs, asset units. */
export type Quote = {
  /** Total, fee included. */
  readonly premium: bigint;
  /** Part of it that is the fee. */
  readonly fee: bigint;
  /** Part of it that is expected loss, rounded down. */
  readonly expectedLoss: bigint;
  /** First and last moment of cover, seconds. */
  readonly start: bigint;
  readonly end: bigint;
  /** Utilisation of pricing capital by required capital, 1e18 = 100 %: before rounded down, after rounded up. */
  readonly utilisationBefore: bigint;
  readonly utilisationAfter: bigint;
};

/** A quote and the book as the purchase would leave it, or why there is none. */
export type QuoteResult =
  | { readonly ok: true; readonly quote: Quote; readonly book: Book; readonly market: Market }
  | { readonly ok: false; readonly refusal: Refusal };

/** A piece of cover to be priced. Times in seconds, `cover` in asset units. */
export type PricedCover = {
  readonly cover: bigint;
  readonly start: bigint;
  readonly end: bigint;
  /** Time that is priced. */
  readonly term: bigint;
  /** From when its expected loss is counted, unless its premium is too small to stream. */
  readonly countedFrom: bigint;
  /** V before it, times 1e16. */
  readonly varianceBefore: bigint;
};

/**
 * A refusal as a result.
 * @param refusal what is in the way
 */
export function refuse(refusal: Refusal): QuoteResult {
  return { ok: false, refusal };
}

/**
 * Checks the gates and prices a piece of cover.
 *
 * Source: `PoolPricing._charge`, `PoolViews._toQuote`.
 * @param book with the cover in it
 * @param market with the cover in it, its card applied
 * @throws CapitalExceededError where nothing is required and there is no capital
 */
export function chargeFor(book: Book, market: Market, priced: PricedCover): QuoteResult {
  const z = BigInt(book.terms.z);
  const requiredAfter = requiredCapitalUp(book.variance, z);
  const refusal = checkGates(book, market, requiredAfter);
  if (refusal) return refuse(refusal);
  const { cover, start, end, term, varianceBefore } = priced;
  const el = BigInt(market.card?.el ?? 0);
  const requiredBefore = requiredCapitalDown(varianceBefore, z);
  const net = premium({
    cover,
    term,
    el,
    requiredBefore,
    requiredAfter,
    pricingCapital: book.pricingCapital,
    costOfCapitalBps: BigInt(book.terms.costOfCapitalBps),
  });
  const countedFrom = streamRate(net, term) === 0n ? start : priced.countedFrom;
  const fee = feeOn(net, BigInt(book.terms.feeBps));
  const capital = book.pricingCapital * CAPITAL_UNIT;
  const quote = {
    premium: net + fee,
    fee,
    expectedLoss: expectedLoss(cover, el, end - countedFrom),
    start,
    end,
    utilisationBefore: mulDivDown(requiredBefore, WAD, capital),
    utilisationAfter: mulDivUp(requiredAfter, WAD, capital),
  };
  return { ok: true, quote, book, market };
}

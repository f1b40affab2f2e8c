import fc from 'fast-check';
import type { Book, Market, Quote } from '../../src/index.ts';
import { quotePremium } from '../../src/index.ts';
import { now } from './arbitraries.ts';

/** A quote with the premium without fee. */
export type Sale = { quote: Quote; net: bigint; book: Book; market: Market };

/** The quote of a purchase; a case in which a gate refuses it does not count. */
export function sell(book: Book, market: Market, cover: bigint, coverDays = 30): Sale {
  const result = quotePremium(book, market, { cover, coverDays, now });
  if (!result.ok) throw new fc.PreconditionFailure();
  return { ...result, net: result.quote.premium - result.quote.fee };
}

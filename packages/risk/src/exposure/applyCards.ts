import type { Book, Market, Position, RiskWeights } from '../types.ts';
import { reweighGroups, weigh } from './weigh.ts';

const weightless: RiskWeights = { el: 0, v: 0, w: [] };

/** A market as it stands in the book: with the card the pool has applied. */
export function positionOf({ groups, committed, applied }: Market): Position {
  return { groups, committed, card: applied ?? weightless };
}

/**
 * Applies the oracle's cards of a market and its groups to what the book carries, as the pool does whenever it touches
 * the market. A missing group card leaves its group as it is.
 *
 * Source: `PoolRisk._previewCards`.
 * @throws LoadExceededError when the book does not carry the market
 */
export function applyCards(book: Book, market: Market): { book: Book; market: Market } {
  const coefficients = new Map(market.groups.map((group, i) => [group, market.groupCards[i]?.s ?? 0]));
  const reweighed = reweighGroups(book, coefficients);
  const { card, applied, committed } = market;
  if ((card?.nonce ?? 0) === (applied?.nonce ?? 0)) {
    return { book: reweighed, market: { ...market, applied: card } };
  }
  return {
    book: weigh(reweighed, positionOf(market), { committed, card: card ?? weightless }),
    market: { ...market, applied: card },
  };
}

import type { Book, Market } from '../types.ts';
import type { SaleRefusal } from './refusal.ts';

/**
 * Whether a pool sells in a market at all: an attached and open market, live cards, no hot alert. Gives the first thing
 * in the way, in the contract's order.
 *
 * Source: `PoolPricing._checkSale`. A market the pool never attached is the first thing the contract looks at.
 * @param now seconds
 */
export function checkSale(book: Book, market: Market, now: bigint): SaleRefusal | undefined {
  if (book.windingDown) return { name: 'PoolWindingDown' };
  if (book.shortBy !== undefined) return { name: 'PoolShort', heldLiability: book.shortBy };
  if (!market.attached) return { name: 'MarketNotAttached', market: market.id };
  if (!market.open) return { name: 'OperationClosed', market: market.id };
  return checkCards(market, now);
}

function checkCards({ id, card, groups, groupCards }: Market, now: bigint): SaleRefusal | undefined {
  if (card === undefined || card.nonce === 0) return { name: 'CardMissing', market: id };
  if (card.validUntil < now) {
    return { name: 'CardStale', market: id, validUntil: card.validUntil, time: now };
  }
  for (const [i, group] of groups.entries()) {
    const { validUntil, alertUntil } = groupCards[i] ?? { validUntil: 0n, alertUntil: 0n };
    if (validUntil < now) return { name: 'GroupCardStale', group, validUntil, time: now };
    if (alertUntil > now) return { name: 'GroupAlerted', group, until: alertUntil };
  }
  return;
}

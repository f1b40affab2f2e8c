import { loadOf } from '../exposure/weigh.ts';
import { min } from '../integer/bounds.ts';
import { type Book, isHardGroup, type Market } from '../types.ts';
import { BPS, CAPITAL_UNIT } from '../units.ts';
import type { GateRefusal } from './refusal.ts';

/**
 * The gates of a sale, in the contract's order: utilisation, the market's caps, every group's cap, gearing. Gives the
 * first that is exceeded, undefined where none is.
 *
 * Source: `PoolPricing._checkGates`.
 * @param book with the cover already in it
 * @param market with the cover already in it
 * @param required S with the cover, rounded up, 1e-12 asset units
 */
export function checkGates(book: Book, market: Market, required: bigint): GateRefusal | undefined {
  return (
    checkUtilisation(book, required) ??
    checkMarket(book, market) ??
    checkGroups(book, market) ??
    checkGearing(book)
  );
}

/** Most required capital at which a pool sells, 1e-12 asset units, rounded down. */
export function utilisationGate({ pricingCapital, terms }: Book): bigint {
  return ((pricingCapital * CAPITAL_UNIT) / BPS) * BigInt(terms.gateBps);
}

/** Most cover a pool may carry of a market, asset units, rounded down; 0 without a card. */
export function marketCap({ pricingCapital, terms }: Book, { card }: Market): bigint {
  if (card === undefined) return 0n;
  return min((pricingCapital * BigInt(card.maxShare)) / BPS, card.maxCover * 10n ** BigInt(terms.decimals));
}

/** Most unweighted cover a pool may carry in the i-th group of a market, asset units, rounded down; 0 without a card. */
export function groupCap({ pricingCapital, terms }: Book, market: Market, i: number): bigint {
  const bound = isHardGroup(market.groups[i] ?? 0) ? BPS : BigInt(terms.gearing) * BPS;
  return (pricingCapital * min(BigInt(market.groupCards[i]?.cap ?? 0), bound)) / BPS;
}

/** Most total cover of a pool, asset units. */
export function gearingCap({ pricingCapital, terms }: Book): bigint {
  return pricingCapital * BigInt(terms.gearing);
}

function checkUtilisation(book: Book, required: bigint): GateRefusal | undefined {
  const gate = utilisationGate(book);
  if (required <= gate) return;
  return {
    name: 'UtilisationAboveGate',
    requiredCapital: required / CAPITAL_UNIT,
    max: gate / CAPITAL_UNIT,
    excess: (required - gate + CAPITAL_UNIT - 1n) / CAPITAL_UNIT,
  };
}

function checkMarket(book: Book, market: Market): GateRefusal | undefined {
  const max = marketCap(book, market);
  const cover = market.committed;
  if (cover > max) return { name: 'MarketFull', market: market.id, cover, max, excess: cover - max };
  return;
}

function checkGroups(book: Book, market: Market): GateRefusal | undefined {
  for (const [i, group] of market.groups.entries()) {
    const max = groupCap(book, market, i);
    const cover = loadOf(book, group).unweighted;
    if (cover > max) return { name: 'GroupFull', group, cover, max, excess: cover - max };
  }
  return;
}

function checkGearing(book: Book): GateRefusal | undefined {
  const max = gearingCap(book);
  const cover = book.totalCover;
  if (cover > max) return { name: 'PoolFull', cover, max, excess: cover - max };
  return;
}

import { sum } from '../statistics/summary.ts';

/** A cover of one year on one protocol, as a book holds it. */
export type BookCover = {
  readonly slug: string;
  readonly project: string;
  readonly tvlUsd: number;
  /** Amount covered, USD. */
  readonly cover: number;
  /** Expected loss of a unit of cover and year. */
  readonly el: number;
  /** Own variance coefficient. */
  readonly v: number;
  /** What was lost of the value locked in each event of the year, at most 1. */
  readonly losses: readonly number[];
};

/** A book of one year. */
export type YearBook = {
  readonly start: number;
  readonly years: number;
  readonly capital: number;
  readonly covers: readonly BookCover[];
};

/** Premium of every cover of a book, fee included, in the book's order. */
export type Scheme = {
  readonly name: string;
  readonly premiums: (book: YearBook) => readonly number[];
};

/** Share of the net premium that is added as a fee. */
export const FEE = 0.1;

/** Terms of the engine's price: tail multiplier, cost of capital a year, clustering of all events (price.md). */
export const ENGINE_TERMS = { z: 5, costOfCapital: 0.15, a: 0.5, clustering: 0.1 } as const;

/** Required capital of a book: z times the root of the variance, own parts and one shock that everybody shares. */
export function requiredCapital(covers: readonly BookCover[]): number {
  const own = sum(covers.map(({ v, cover }) => v * cover * cover));
  const expected = sum(covers.map(({ el, cover }) => el * cover));
  return ENGINE_TERMS.z * Math.sqrt(own + ENGINE_TERMS.clustering * expected * expected);
}

/** Cost of capital of a book a year, before the rate: Psi of price.md. */
export function psi(required: number, capital: number): number {
  const u = required / capital;
  if (u >= 1) return Number.POSITIVE_INFINITY;
  return capital * (u + (ENGINE_TERMS.a * u * u) / (1 - u));
}

/**
 * The engine's price: expected loss, and each cover's Euler share of the cost of capital. Bought one after the other the
 * covers pay the same in total, since marginal prices add up to Psi.
 */
export const engineScheme: Scheme = {
  name: 'Breakwater',
  premiums: ({ covers, capital, years }) => {
    const required = requiredCapital(covers);
    const variance = (required / ENGINE_TERMS.z) ** 2;
    const expected = sum(covers.map(({ el, cover }) => el * cover));
    const cost = ENGINE_TERMS.costOfCapital * psi(required, capital);
    return covers.map(({ el, v, cover }) => {
      const share = (cover * (v * cover + ENGINE_TERMS.clustering * el * expected)) / variance;
      return (1 + FEE) * years * (el * cover + cost * share);
    });
  },
};

/** One rate for everything. */
export function flatScheme(rate: number): Scheme {
  return {
    name: `flat ${(rate * 100).toFixed(1)} %`,
    premiums: ({ covers, years }) => covers.map(({ cover }) => rate * years * cover),
  };
}

/** Nexus Mutual, StakingProducts: least price, bump for all capacity, decay of the bump a day. */
export const NEXUS = { minimum: 0.01, bump: 0.05, decayPerDay: 0.02 } as const;

/**
 * Premium under Nexus Mutual's formula (StakingProducts.calculatePremium, version 2 on): a purchase pays the base price,
 * max(target, last price less 2 % a day), and moves the price up by 5 % times the share of capacity it takes.
 * @param purchases amounts, equally spaced over the year, each for a year
 */
export function nexusPremium(
  purchases: readonly number[],
  { capacity, target }: { capacity: number; target: number },
): number {
  const gap = 365 / purchases.length;
  let bumped = target;
  let premium = 0;
  for (const [i, amount] of purchases.entries()) {
    const base = i === 0 ? target : Math.max(target, bumped - NEXUS.decayPerDay * gap);
    premium += base * amount;
    bumped = base + (NEXUS.bump * amount) / capacity;
  }
  return premium;
}

/** A book under Nexus Mutual's formula, every cover bought in monthly parts, at one target price. */
export function nexusScheme(target: number): Scheme {
  return {
    name: `Nexus formula, target ${(target * 100).toFixed(1)} %`,
    premiums: ({ covers, years, capital }) =>
      covers.map(({ cover }) => {
        const parts = Array.from({ length: 12 }, () => cover / 12);
        return years * nexusPremium(parts, { capacity: capital, target });
      }),
  };
}

/** Neptune Mutual: settings of a cover, and of a pool that many products share. */
export const NEPTUNE = { floor: 0.02, ceiling: 0.12, months: 3, leverage: 10, efficiency: 0.9 } as const;

/**
 * Yearly rate under Neptune Mutual's formula (PolicyHelperV1.calculatePolicyFeeInternal): the larger of utilisation and
 * floor, one per cent more for every month of duration, at most the ceiling.
 */
export function neptuneRate(
  utilisation: number,
  { floor, ceiling, months }: typeof NEPTUNE = NEPTUNE,
): number {
  return Math.min(ceiling, Math.max(utilisation, floor) + 0.01 * months);
}

/** A book under Neptune Mutual's formula, every product with its part of the pool. */
export const neptuneScheme: Scheme = {
  name: 'Neptune formula, 2 % to 12 %',
  premiums: ({ covers, years, capital }) => {
    const available = (capital * NEPTUNE.leverage * NEPTUNE.efficiency) / covers.length;
    return covers.map(({ cover }) => neptuneRate(cover / available) * years * cover);
  },
};

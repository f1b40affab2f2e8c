import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocateCapital,
  applyCards,
  type Book,
  bookVariance,
  CAPITAL_UNIT,
  eulerCapital,
  eulerShare,
  exposureOf,
  LoadExceededError,
  marginalPrice,
  type Position,
  positionOf,
  quotePremium,
  requiredCapitalUp,
  reweighGroups,
  weigh,
  YEAR,
} from '../src/index.ts';
import { card, coefficient, coverIn, now, share, sized, world } from './support/arbitraries.ts';
import { sell } from './support/price.ts';

describe('incremental variance', () => {
  const step = fc.record({
    market: fc.nat(4),
    committed: sized(80),
    card: fc.option(card),
    group: fc.integer({ min: 1, max: 5 }),
    s: fc.option(coefficient),
  });

  test('equals brute force after any sequence of purchases, ends, cancellations and card changes', () => {
    fc.assert(
      fc.property(world, fc.array(step, { maxLength: 30 }), (start, steps) => {
        const positions: Position[] = [...start.positions];
        const coefficients = new Map(start.coefficients);
        let { book } = start;
        for (const { market, committed, card, group, s } of steps) {
          const index = market % positions.length;
          const from = positions[index];
          if (from === undefined) continue;
          if (s !== null) {
            book = reweighGroups(book, new Map([[group, s]]));
            coefficients.set(group, s);
          }
          const to = { ...from, committed, card: card ?? from.card };
          book = weigh(book, from, to);
          positions[index] = to;
        }
        const whole = exposureOf(positions, coefficients);
        expect(book.variance).toBe(bookVariance(positions, coefficients));
        expect(book.totalCover).toBe(whole.totalCover);
        for (const [group, load] of whole.groups) expect(book.groups.get(group)).toEqual(load);
      }),
    );
  });

  test('what was bought and cancelled leaves no trace', () => {
    fc.assert(
      fc.property(world, share, ({ book, market }, part) => {
        const from = positionOf(market);
        const to = { ...from, committed: from.committed + coverIn(book, part) };
        expect(weigh(weigh(book, from, to), to, from)).toEqual(weigh(book, from, from));
      }),
    );
  });

  test('a market that the book does not carry is refused', () => {
    fc.assert(
      fc.property(world, card, ({ book, market }, other) => {
        const from = { groups: market.groups, committed: book.totalCover + 1n, card: other };
        expect(() => weigh(book, from, { ...from, committed: 0n })).toThrow(LoadExceededError);
      }),
    );
  });

  test('a missing group card leaves the group as it is; a missing card takes the weights away', () => {
    fc.assert(
      fc.property(world, ({ book, market, positions, coefficients }) => {
        const silent = { ...market, groupCards: [], card: undefined };
        const applied = applyCards(book, silent);
        expect(applied.market.applied).toBeUndefined();
        expect(applied.book.variance).toBe(bookVariance(positions.slice(1), coefficients));
      }),
    );
  });
});

describe('capital by market', () => {
  test('shares of all markets add up to one, exactly', () => {
    fc.assert(
      fc.property(world, ({ book, positions }) => {
        const sum = positions.reduce((total, one) => total + eulerShare(book, one).numerator, 0n);
        expect(sum).toBe(book.variance);
      }),
    );
  });

  test('the allocation adds up to required capital, each part within one of its share', () => {
    fc.assert(
      fc.property(world, ({ book, positions }) => {
        const z = BigInt(book.terms.z);
        const required = requiredCapitalUp(book.variance, z);
        const parts = allocateCapital(book, positions, z);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(required);
        positions.forEach((one, i) => {
          const { numerator, denominator } = eulerShare(book, one);
          const error = (parts[i] ?? 0n) * denominator - required * numerator;
          expect(error < denominator && error > -denominator).toBe(true);
        });
      }),
    );
  });

  test('what pools show adds up to S but for rounding', () => {
    fc.assert(
      fc.property(world, ({ book, positions }) => {
        const z = BigInt(book.terms.z);
        const shown = positions.reduce((sum, one) => sum + eulerCapital(book, one, z), 0n);
        const required = requiredCapitalUp(book.variance, z) / CAPITAL_UNIT;
        const missing = required - shown;
        expect(missing).toBeLessThanOrEqual(BigInt(positions.length));
        expect(missing).toBeGreaterThanOrEqual(-1n);
      }),
    );
  });
});

describe('the marginal price', () => {
  test('is at most the price of any purchase', () => {
    fc.assert(
      fc.property(world, share, ({ book, market }, part) => {
        const cover = coverIn(book, part);
        const { net, quote } = sell(book, market, cover);
        const { total } = marginalPrice(book, positionOf(market));
        const least = (total * cover * (quote.end - now)) / (YEAR * 10n ** 18n);
        // S is rounded up within it: the slope is too large by about 1 / sqrt(V).
        expect(net + 1n + net / 10_000_000n).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  test('is the price of a small purchase', () => {
    fc.assert(
      fc.property(world, ({ book, market }) => {
        fc.pre(market.committed > 10n ** 15n && book.variance > 10n ** 50n);
        const cover = market.committed / 1_000_000n;
        const { net, quote } = sell(book, market, cover);
        const { total } = marginalPrice(book, positionOf(market));
        const price = Number(net) / Number(cover) / (Number(quote.end - now) / Number(YEAR));
        expect(price / (Number(total) / 1e18)).toBeCloseTo(1, 3);
      }),
    );
  });

  test('of an empty pool is that of a first purchase', () => {
    fc.assert(
      fc.property(world, ({ market, coefficients, book }) => {
        const groups = new Map([...coefficients].map(([id, s]) => [id, { weighted: 0n, unweighted: 0n, s }]));
        const empty: Book = { ...book, variance: 0n, totalCover: 0n, groups, pricingCapital: 10n ** 30n };
        const fresh = { ...market, committed: 0n };
        const cover = 10n ** 21n;
        const { net, quote } = sell(empty, fresh, cover);
        const { total, scarcity } = marginalPrice(empty, positionOf(fresh));
        expect(scarcity).toBe(0n);
        const price = Number(net) / Number(cover) / (Number(quote.end - now) / Number(YEAR));
        expect(price / (Number(total) / 1e18)).toBeCloseTo(1, 5);
      }),
    );
  });
});

test('a larger shock can lower the price of cover that hardly touches it, since the book then spreads its risk', () => {
  const price = (s: number) => {
    const weights = { el: 1_000_000, v: 1_000_000, w: [10_000] };
    const caps = { maxShare: 10_000, maxCover: 10n ** 12n, validUntil: now, nonce: 1 };
    const others: Position = { groups: [1], committed: 10n ** 12n, card: weights };
    const book: Book = {
      ...exposureOf([others], new Map([[1, s]])),
      terms: { z: 75_000, feeBps: 0, costOfCapitalBps: 1_500, gateBps: 8_500, gearing: 10, decimals: 6 },
      pricingCapital: 10n ** 14n,
    };
    const card = { ...weights, ...caps, w: [1] };
    const market = {
      ...{ id: 'market', groups: [1], committed: 0n, card, applied: card, waitingPeriod: 86_400n },
      ...{ attached: true, open: true },
      groupCards: [{ s, cap: 30_000, validUntil: now, alertUntil: 0n, nonce: 1 }],
    };
    const result = quotePremium(book, market, { cover: 10n ** 11n, coverDays: 30, now });
    return result.ok ? result.quote.premium : undefined;
  };
  expect(price(1_000_000)).toBeGreaterThan(price(4_000_000) ?? 0n);
});

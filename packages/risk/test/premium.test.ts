import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CapitalExceededError,
  cancellationRefund,
  type Market,
  psiDown,
  psiUp,
  streamRate,
  YEAR,
} from '../src/index.ts';
import { card, coefficient, coverIn, groupCard, now, share, weight, world } from './support/arbitraries.ts';
import { sell } from './support/price.ts';

/** What rounding can take from an order that holds between exact prices: one unit of the premium and one of the fee. */
const ROUNDING = 2n;

describe('splitting a purchase', () => {
  test('never costs less, and at most two units more for each leg', () => {
    fc.assert(
      fc.property(world, fc.array(share, { minLength: 2, maxLength: 5 }), ({ book, market }, shares) => {
        const legs = shares.map((one) => coverIn(book, one));
        const whole = sell(
          book,
          market,
          legs.reduce((sum, leg) => sum + leg, 0n),
        ).quote.premium;
        let paid = 0n;
        let at = { book, market };
        for (const leg of legs) {
          const sold = sell(at.book, at.market, leg);
          paid += sold.quote.premium;
          at = sold;
        }
        expect(paid).toBeGreaterThanOrEqual(whole);
        expect(paid - whole).toBeLessThanOrEqual(2n * BigInt(legs.length));
      }),
    );
  });
});

describe('the premium does not fall', () => {
  test('with cover', () => {
    fc.assert(
      fc.property(world, share, share, ({ book, market }, a, b) => {
        const more = sell(book, market, coverIn(book, a + b)).net;
        expect(more).toBeGreaterThanOrEqual(sell(book, market, coverIn(book, a)).net);
      }),
    );
  });

  test('with the term', () => {
    const days = fc.integer({ min: 14, max: 361 });
    fc.assert(
      fc.property(world, share, days, days, ({ book, market }, part, a, b) => {
        const [short, long] = a < b ? [a, b] : [b, a];
        const cover = coverIn(book, part);
        expect(sell(book, market, cover, long).net).toBeGreaterThanOrEqual(
          sell(book, market, cover, short).net,
        );
      }),
    );
  });

  test('with expected loss', () => {
    fc.assert(
      fc.property(world, share, card, ({ book, market }, part, other) => {
        const cover = coverIn(book, part);
        const one = withCard(market, {});
        const two = withCard(market, { el: Math.max(other.el, one.card?.el ?? 0) });
        expect(sell(book, two, cover).net).toBeGreaterThanOrEqual(sell(book, one, cover).net);
      }),
    );
  });

  test('with the market’s own variance', () => {
    fc.assert(
      fc.property(world, share, coefficient, ({ book, market }, part, v) => {
        const cover = coverIn(book, part);
        const riskier = withCard(market, { v: Math.max(v, market.card?.v ?? 0) });
        const { net } = sell(book, riskier, cover);
        expect(net + ROUNDING).toBeGreaterThanOrEqual(sell(book, market, cover).net);
      }),
    );
  });

  test('with the weight in a group', () => {
    fc.assert(
      fc.property(world, share, fc.nat(3), weight, ({ book, market }, part, i, other) => {
        const cover = coverIn(book, part);
        const w = [...(market.card?.w ?? [])];
        w[i] = Math.max(other, w[i] ?? 0);
        const { net } = sell(book, withCard(market, { w }), cover);
        expect(net + ROUNDING).toBeGreaterThanOrEqual(sell(book, market, cover).net);
      }),
    );
  });

  test('with the shock of a group that only this market is in', () => {
    fc.assert(
      fc.property(world, share, weight, groupCard, coefficient, ({ book, market }, part, w, first, more) => {
        const cover = coverIn(book, part);
        const alone = { ...market, groups: [9], groupCards: [first], committed: 0n };
        const one = withCard(alone, { w: [w] });
        const held = sell(book, one, cover);
        const two = { ...held.market, groupCards: [{ ...first, s: Math.max(first.s, more) }] };
        const { net } = sell(held.book, two, cover);
        expect(net + ROUNDING).toBeGreaterThanOrEqual(sell(held.book, held.market, cover).net);
      }),
    );
  });

  test('with utilisation, as pricing capital falls', () => {
    fc.assert(
      fc.property(world, share, fc.integer({ min: 1, max: 999 }), ({ book, market }, part, of) => {
        const cover = coverIn(book, part);
        const less = { ...book, pricingCapital: (book.pricingCapital * BigInt(of)) / 1_000n };
        const { net } = sell(less, market, cover);
        expect(net + ROUNDING).toBeGreaterThanOrEqual(sell(book, market, cover).net);
      }),
    );
  });

  test('with the tail multiplier', () => {
    fc.assert(
      fc.property(world, share, fc.integer({ min: 35_000, max: 75_000 }), ({ book, market }, part, z) => {
        const cover = coverIn(book, part);
        const longer = { ...book, terms: { ...book.terms, z: Math.max(z, book.terms.z) } };
        const { net } = sell(longer, market, cover);
        expect(net + ROUNDING).toBeGreaterThanOrEqual(sell(book, market, cover).net);
      }),
    );
  });
});

test('the premium is convex in cover', () => {
  fc.assert(
    fc.property(world, share, share, ({ book, market }, part, step) => {
      const h = coverIn(book, step);
      const least = coverIn(book, part);
      const [a, b, c] = [least, least + h, least + 2n * h].map((cover) => sell(book, market, cover).net);
      expect((a ?? 0n) + (c ?? 0n) + ROUNDING).toBeGreaterThanOrEqual(2n * (b ?? 0n));
    }),
  );
});

test('the premium is never below expected loss', () => {
  fc.assert(
    fc.property(world, share, fc.integer({ min: 14, max: 361 }), ({ book, market }, part, days) => {
      const cover = coverIn(book, part);
      const { net, quote } = sell(book, market, cover, days);
      const term = quote.end - now;
      const el = BigInt(market.card?.el ?? 0);
      expect(net * YEAR * 10n ** 8n).toBeGreaterThanOrEqual(el * cover * term);
      expect(quote.expectedLoss).toBeLessThanOrEqual(net);
    }),
  );
});

test('buying and cancelling never profits, whatever is sold and whatever the card says in between', () => {
  const passed = fc.integer({ min: 0, max: 30 * 86_400 });
  fc.assert(
    fc.property(
      world,
      share,
      fc.array(share, { maxLength: 3 }),
      passed,
      card,
      (start, part, others, seconds, then) => {
        const cover = coverIn(start.book, part);
        const sold = sell(start.book, start.market, cover);
        let at = { book: sold.book, market: sold.market };
        for (const other of others) at = sell(at.book, at.market, coverIn(at.book, other));
        const term = sold.quote.end - now;
        const refund = cancellationRefund({
          cover,
          rate: streamRate(sold.net, term),
          left: term - BigInt(seconds),
          el: BigInt(then.el),
          feeBps: BigInt(start.book.terms.feeBps),
        });
        expect(refund).toBeLessThanOrEqual(sold.net);
        expect(refund).toBeLessThan(sold.quote.premium);
      },
    ),
  );
});

test('there is no price at or above pricing capital', () => {
  expect(() => psiUp(10n, 10n)).toThrow(CapitalExceededError);
  expect(() => psiDown(11n, 10n)).toThrow(CapitalExceededError);
  expect(psiUp(9n, 10n)).toBe(9n + 41n);
  expect(psiDown(9n, 10n)).toBe(9n + 40n);
});

/** The market with another card, which is already applied where it carries nothing. */
function withCard(market: Market, change: Partial<NonNullable<Market['card']>>): Market {
  if (market.card === undefined) return market;
  return { ...market, card: { ...market.card, nonce: 2, ...change } };
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeCapital, growPricingCapital, PRICING_FLOOR, toFloat40 } from '../src/index.ts';
import { coverIn, share, sized, world } from './support/arbitraries.ts';
import { sell } from './support/price.ts';

const inputs = fc.record({
  junior: sized(90),
  senior: sized(90),
  pricingCapital: sized(90),
  requestedExits: sized(90),
  totalCover: sized(90, 1n),
  elapsed: fc.bigInt({ min: 0n, max: 100n * 86_400n }),
});

test('falls to free capital at once and never rises above it', () => {
  fc.assert(
    fc.property(inputs, (one) => {
      const free = freeCapital(one);
      const grown = growPricingCapital(one);
      expect(grown).toBeLessThanOrEqual(free);
      const stored = toFloat40(one.pricingCapital);
      if (stored >= free) expect(grown).toBe(toFloat40(free));
      else expect(grown).toBeGreaterThanOrEqual(stored);
    }),
  );
});

test('a pool without cover follows its capital at once', () => {
  fc.assert(
    fc.property(inputs, (one) => {
      expect(growPricingCapital({ ...one, totalCover: 0n })).toBe(toFloat40(freeCapital(one)));
    }),
  );
});

test('grows by at most a tenth a day of itself or of its floor, in however many steps', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 86_400 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(sized(90), sized(90, 2n ** 40n), steps, (start, free, seconds) => {
      const floored = (capital: bigint) => Math.max(Number(capital), Number(free / PRICING_FLOOR));
      let pricingCapital = start;
      let elapsed = 0;
      for (const step of seconds) {
        const rest = { junior: free, senior: 0n, requestedExits: 0n, totalCover: 1n };
        pricingCapital = growPricingCapital({ ...rest, pricingCapital, elapsed: BigInt(step) });
        elapsed += step;
      }
      const growth = floored(pricingCapital) / floored(start);
      expect(growth).toBeLessThanOrEqual(1.1 ** (elapsed / 86_400) * (1 + 1e-9));
    }),
  );
});

test('leaves zero as if it were a 64th of free capital', () => {
  const free = 64n * 10n ** 18n;
  const growth = 95_310_179_804_324_860n;
  const state = { junior: free, senior: 0n, requestedExits: 0n, totalCover: 1n, pricingCapital: 0n };
  const floor = free / PRICING_FLOOR;
  const day = growPricingCapital({ ...state, elapsed: 86_400n });
  const after = (pricingCapital: bigint) =>
    growPricingCapital({ ...state, pricingCapital, elapsed: 86_400n });
  expect(day).toBe(toFloat40(growth));
  expect(after(day)).toBe(toFloat40(day + growth));
  expect(after(floor)).toBe(toFloat40(toFloat40(floor) + growth));
  const twice = toFloat40(2n * floor);
  expect(after(twice)).toBe(toFloat40(twice + (twice * growth) / 10n ** 18n));
  // Too little for a 64th of it to be anything.
  expect(growPricingCapital({ ...state, junior: 63n, elapsed: 86_400n })).toBe(0n);
});

test('bringing capital, buying and asking it back is never cheaper than buying', () => {
  fc.assert(
    fc.property(world, share, sized(90), ({ book, market }, part, brought) => {
      fc.pre(book.totalCover > 0n);
      const cover = coverIn(book, part);
      const { quote } = sell(book, market, cover);
      const state = { senior: 0n, requestedExits: 0n, totalCover: book.totalCover, elapsed: 0n };
      const { pricingCapital } = book;
      const rented = growPricingCapital({ ...state, junior: pricingCapital + brought, pricingCapital });
      expect(sell({ ...book, pricingCapital: rented }, market, cover).quote.premium).toBe(quote.premium);
      const left = { ...state, junior: pricingCapital + brought, requestedExits: brought };
      expect(growPricingCapital({ ...left, pricingCapital: rented })).toBe(pricingCapital);
    }),
  );
});

test('is kept in 40 bits: rounded down by less than one part in 2^32, and once', () => {
  fc.assert(
    fc.property(sized(93), (amount) => {
      const kept = toFloat40(amount);
      expect(kept).toBeLessThanOrEqual(amount);
      expect((amount - kept) << 32n).toBeLessThanOrEqual(amount);
      expect(toFloat40(kept)).toBe(kept);
      if (amount < 2n ** 36n) expect(kept).toBe(amount);
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeCapital, growPricingCapital, PRICING_FLOOR } from '../src/index.ts';
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
      if (one.pricingCapital >= free) expect(grown).toBe(free);
      else expect(grown).toBeGreaterThanOrEqual(one.pricingCapital);
    }),
  );
});

test('a pool without cover follows its capital at once', () => {
  fc.assert(
    fc.property(inputs, (one) => {
      expect(growPricingCapital({ ...one, totalCover: 0n })).toBe(freeCapital(one));
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
  const state = { junior: free, senior: 0n, requestedExits: 0n, totalCover: 1n, pricingCapital: 0n };
  const floor = free / PRICING_FLOOR;
  const day = growPricingCapital({ ...state, elapsed: 86_400n });
  expect(day).toBe(95_310_179_804_324_860n);
  expect(growPricingCapital({ ...state, pricingCapital: day, elapsed: 86_400n })).toBe(2n * day);
  expect(growPricingCapital({ ...state, pricingCapital: floor, elapsed: 86_400n })).toBe(floor + day);
  expect(growPricingCapital({ ...state, pricingCapital: 2n * floor, elapsed: 86_400n })).toBe(
    2n * (floor + day),
  );
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

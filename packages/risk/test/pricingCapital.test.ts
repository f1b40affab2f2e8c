import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeCapital, growPricingCapital } from '../src/index.ts';
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

test('grows by at most a tenth a day, in however many steps', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 86_400 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(sized(90, 2n ** 40n), steps, (start, seconds) => {
      let pricingCapital = start;
      let elapsed = 0;
      for (const step of seconds) {
        const rich = { junior: 2n ** 120n, senior: 0n, requestedExits: 0n, totalCover: 1n };
        pricingCapital = growPricingCapital({ ...rich, pricingCapital, elapsed: BigInt(step) });
        elapsed += step;
      }
      const growth = Number(pricingCapital) / Number(start);
      expect(growth).toBeLessThanOrEqual(1.1 ** (elapsed / 86_400) * (1 + 1e-9));
    }),
  );
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

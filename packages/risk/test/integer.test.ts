import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mulDivDown, mulDivUp, sqrt, sqrtUp } from '../src/index.ts';
import { sized } from './support/arbitraries.ts';

test('the square root is the largest number whose square is not above', () => {
  fc.assert(
    fc.property(sized(512), (x) => {
      const root = sqrt(x);
      expect(root * root <= x && (root + 1n) * (root + 1n) > x).toBe(true);
      expect(sqrtUp(x)).toBe(root * root === x ? root : root + 1n);
    }),
    { numRuns: 2_000 },
  );
});

test('the square root is exact around squares and beyond what a double holds', () => {
  for (const root of [1n, 3n, 2n ** 26n, 2n ** 53n + 1n, 2n ** 128n - 1n, 10n ** 200n]) {
    expect([sqrt(root * root - 1n), sqrt(root * root), sqrt(root * root + 1n)]).toEqual([
      root - 1n,
      root,
      root,
    ]);
  }
  expect(() => sqrt(-1n)).toThrow(RangeError);
});

test('rounding up and down differ by the remainder alone', () => {
  fc.assert(
    fc.property(sized(96), sized(96), sized(96, 1n), (x, y, d) => {
      expect(mulDivUp(x, y, d) - mulDivDown(x, y, d)).toBe((x * y) % d === 0n ? 0n : 1n);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Book,
  DAY,
  exposureOf,
  gearingCap,
  groupCap,
  type Market,
  marketCap,
  positionOf,
  quoteExtension,
  quotePremium,
  type Refusal,
  requiredCapitalUp,
  utilisationGate,
  weigh,
} from '../src/index.ts';
import { coverIn, now, share, world } from './support/arbitraries.ts';
import { atGate, atStorage } from './support/quoteCases.ts';

const capital = 1_000_000n * 10n ** 6n;
const maxCover = 10n ** 9n;
const card = { el: 2_000_000, v: 100, w: [10_000, 10_000], maxShare: 2_000, maxCover };
const riskCard = { ...card, validUntil: now, nonce: 1 };
const group = { s: 100, validUntil: now, alertUntil: now, nonce: 1 };
const book: Book = {
  ...exposureOf([], new Map()),
  terms: { z: 75_000, feeBps: 1_000, costOfCapitalBps: 1_500, gateBps: 8_500, gearing: 10, decimals: 6 },
  pricingCapital: capital,
};
const market: Market = {
  ...{ id: 'market', groups: [0x8001, 2], committed: 0n, attached: true, open: true },
  ...{ card: riskCard, applied: riskCard, waitingPeriod: 3n * DAY },
  groupCards: [
    { ...group, cap: 20_000 },
    { ...group, cap: 1_500 },
  ],
};

describe('each gate says by how much it is exceeded', () => {
  test('the market’s share of capital', () => {
    const roomy = { ...market, groupCards: market.groupCards.map((one) => one && { ...one, cap: 30_000 }) };
    expect(buy(book, roomy, capital / 5n)).toBeUndefined();
    expect(buy(book, roomy, capital / 5n + 7n)).toEqual({
      ...{ name: 'MarketFull', market: 'market', cover: capital / 5n + 7n },
      ...{ max: capital / 5n, excess: 7n },
    });
  });

  test('the market’s cap in whole assets', () => {
    const capped = { ...market, card: { ...riskCard, maxCover: 100n } };
    expect(buy(book, capped, 100n * 10n ** 6n)).toBeUndefined();
    expect(buy(book, capped, 101n * 10n ** 6n)).toMatchObject({ name: 'MarketFull', excess: 10n ** 6n });
  });

  test('the group’s cap, a hard one’s being capital at most', () => {
    const soft = (capital * 15n) / 100n;
    expect(buy(book, market, soft)).toBeUndefined();
    expect(buy(book, market, soft + 1n)).toEqual({
      ...{ name: 'GroupFull', group: 2, cover: soft + 1n, max: soft, excess: 1n },
    });
    expect(groupCap(book, market, 0)).toBe(capital);
    const wide = { ...market, card: { ...riskCard, maxShare: 25_000 } };
    expect(buy(book, wide, capital + 1n)).toMatchObject({ name: 'GroupFull', group: 0x8001, excess: 1n });
  });

  test('gearing', () => {
    const groups = new Map();
    const full = { ...book, totalCover: 10n * capital, groups };
    expect(buy(full, market, 5n)).toEqual({
      ...{ name: 'PoolFull', cover: 10n * capital + 5n, max: 10n * capital, excess: 5n },
    });
    expect(gearingCap(book)).toBe(10n * capital);
  });

  test('utilisation: the price is finite below the gate, a purchase is refused above it', () => {
    fc.assert(
      fc.property(world, ({ book, market }) => {
        const most = mostCover(book, market);
        const refusal = buy(book, market, most + 1n);
        fc.pre(refusal?.name === 'UtilisationAboveGate');
        const last = quotePremium(book, market, { cover: most, coverDays: 30, now });
        if (!last.ok) throw new Error(last.refusal.name);
        const gate = utilisationGate(book);
        expect(requiredCapitalUp(last.book.variance, BigInt(book.terms.z))).toBeLessThanOrEqual(gate);
        expect(last.quote.utilisationAfter).toBeLessThanOrEqual(BigInt(book.terms.gateBps) * 10n ** 14n);
        expect(last.quote.premium).toBeLessThan((book.pricingCapital + most) * 1_000n);
        expect(refusal.excess).toBeGreaterThanOrEqual(1n);
        expect(refusal.requiredCapital).toBeGreaterThanOrEqual(refusal.max);
      }),
    );
  });

  test('utilisation: the gate itself is still sold', () => {
    const { book, market, cover } = atGate(1_000n, 0n);
    expect(buy(book, market, cover)).toBeUndefined();
    expect(buy(book, market, cover + 1n)).toEqual({
      ...{ name: 'UtilisationAboveGate', requiredCapital: 63_750_007n, max: 63_750_000n, excess: 8n },
    });
  });

  test('no capital, no sale', () => {
    expect(buy({ ...book, pricingCapital: 0n }, market, 1n)).toMatchObject({ name: 'UtilisationAboveGate' });
  });
});

describe('sales are stopped', () => {
  const late = now - 1n;
  const cases: [string, Partial<Book>, Partial<Market>, Refusal][] = [
    ['while the pool winds down', { windingDown: true }, {}, { name: 'PoolWindingDown' }],
    ['while the pool is short', { shortBy: 5n }, {}, { name: 'PoolShort', heldLiability: 5n }],
    ['in a detached market', {}, { attached: false }, { name: 'MarketNotAttached', market: 'market' }],
    ['in a closed market', {}, { open: false }, { name: 'OperationClosed', market: 'market' }],
    [
      'without a card',
      {},
      { card: undefined, applied: undefined },
      { name: 'CardMissing', market: 'market' },
    ],
    [
      'on a stale card',
      {},
      { card: { ...riskCard, validUntil: late } },
      { name: 'CardStale', market: 'market', validUntil: late, time: now },
    ],
    [
      'on a stale group card',
      {},
      { groupCards: [undefined] },
      { name: 'GroupCardStale', group: 0x8001, validUntil: 0n, time: now },
    ],
    [
      'while an alert is hot',
      {},
      { groupCards: [{ ...group, cap: 1, alertUntil: now + 1n }] },
      { name: 'GroupAlerted', group: 0x8001, until: now + 1n },
    ],
  ];

  test.each(cases)('%s', (_, pool, change, refusal) => {
    expect(buy({ ...book, ...pool }, { ...market, ...change }, 1_000n)).toEqual(refusal);
  });
});

describe('the term', () => {
  const start = 1_790_294_400n;

  test('runs from the purchase to the end of the last whole day', () => {
    const result = quotePremium(book, market, { cover: 1_000_000n, coverDays: 30, now });
    if (!result.ok) throw new Error(result.refusal.name);
    expect(result.quote.start % DAY).toBe(0n);
    expect(result.quote.start).toBe(start);
    expect(result.quote.end).toBe(start + 30n * DAY);
  });

  test('is 14 to 365 days', () => {
    for (const [days, term] of [
      [10, start + 10n * DAY - now],
      [362, start + 362n * DAY - now],
    ] as const) {
      expect(buy(book, market, 1_000n, days)).toEqual({
        ...{ name: 'TermOutOfBounds', term, min: 14n * DAY, max: 365n * DAY },
      });
    }
    expect(buy(book, market, 1_000n, 11)).toBeUndefined();
    expect(buy(book, market, 1_000n, 361)).toBeUndefined();
  });
});

test('nothing and too much cannot be bought', () => {
  expect(buy(book, market, 0n)).toEqual({ name: 'AmountZero' });
  expect(buy(book, market, 2n ** 88n)).toEqual({
    ...{ name: 'AmountTooLarge', amount: 2n ** 88n, max: 2n ** 88n - 1n },
  });
});

test('a market carries no more than it can store, whatever its caps', () => {
  const full = { ...market, groups: [], groupCards: [], committed: 2n ** 88n - 2n };
  const rich = { ...book, pricingCapital: 2n ** 95n };
  const carried = weigh(rich, { ...positionOf(full), committed: 0n }, positionOf(full));
  const roomy = { ...riskCard, maxShare: 65_535, maxCover: 2n ** 90n };
  expect(buy(carried, { ...full, card: roomy }, 1n)).toBeUndefined();
  expect(buy(carried, { ...full, card: roomy }, 2n)).toEqual({
    ...{ name: 'AmountTooLarge', amount: 2n ** 88n, max: 2n ** 88n - 1n },
  });
});

test('a group carries no more than it can store, which is more than a market can', () => {
  const { book, market, cover } = atStorage(0n);
  expect(buy(book, market, cover)).toBeUndefined();
  expect(buy(book, market, cover + 1n)).toEqual({
    ...{ name: 'Overflow', group: 1, cover: 2n ** 96n, max: 2n ** 96n - 1n },
  });
});

test('an extension costs what the last days of a longer purchase would have cost', () => {
  fc.assert(
    fc.property(
      world,
      share,
      fc.integer({ min: 1, max: 100 }),
      ({ book: start, market: at }, part, addDays) => {
        const cover = coverIn(start, part);
        const short = quotePremium(start, at, { cover, coverDays: 30, now });
        if (!short.ok) throw new fc.PreconditionFailure();
        const long = quotePremium(start, at, { cover, coverDays: 30 + addDays, now });
        if (!long.ok) throw new Error('the gates do not depend on the term');
        const extension = { cover, end: short.quote.end, addDays, now };
        const extended = quoteExtension(short.book, short.market, extension);
        if (!extended.ok) throw new Error(extended.refusal.name);
        expect(extended.quote.end).toBe(long.quote.end);
        const paid = short.quote.premium + extended.quote.premium;
        expect(paid).toBeGreaterThanOrEqual(long.quote.premium);
        expect(paid - long.quote.premium).toBeLessThanOrEqual(4n);
      },
    ),
  );
});

test('an extension adds at least a day and ends within a year', () => {
  const sold = quotePremium(book, market, { cover: 1_000n, coverDays: 30, now });
  if (!sold.ok) throw new Error(sold.refusal.name);
  for (const [addDays, ends] of [
    [0, sold.quote.end],
    [400, sold.quote.end],
  ] as const) {
    const result = quoteExtension(sold.book, sold.market, { cover: 1_000n, end: ends, addDays, now });
    expect(result.ok ? undefined : result.refusal.name).toBe('TermOutOfBounds');
  }
});

test('an extension comes a waiting period before the old end, whatever it adds', () => {
  const sold = quotePremium(book, market, { cover: 1_000n, coverDays: 30, now });
  if (!sold.ok) throw new Error(sold.refusal.name);
  const extend = (end: bigint, addDays: number) => {
    const result = quoteExtension(sold.book, sold.market, { cover: 1_000n, end, addDays, now });
    return result.ok ? undefined : result.refusal;
  };
  const end = now + market.waitingPeriod;
  expect(extend(end, 30)).toBeUndefined();
  for (const addDays of [0, 30, 400]) {
    expect(extend(end - 1n, addDays)).toEqual({ name: 'ExtensionTooLate', latest: now - 1n });
  }
});

test('caps without a card are zero', () => {
  expect(marketCap(book, { ...market, card: undefined })).toBe(0n);
  expect(groupCap(book, { ...market, groupCards: [] }, 0)).toBe(0n);
});

function buy(pool: Book, where: Market, cover: bigint, coverDays = 30): Refusal | undefined {
  const result = quotePremium(pool, where, { cover, coverDays, now });
  return result.ok ? undefined : result.refusal;
}

/** Most cover that is still sold, by bisection. */
function mostCover(pool: Book, where: Market): bigint {
  let [sold, refused] = [1n, 2n ** 88n - 1n];
  fc.pre(buy(pool, where, sold) === undefined && buy(pool, where, refused) !== undefined);
  while (refused - sold > 1n) {
    const middle = (sold + refused) / 2n;
    if (buy(pool, where, middle) === undefined) sold = middle;
    else refused = middle;
  }
  return sold;
}

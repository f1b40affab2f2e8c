import fc from 'fast-check';
import type { Book, GroupCard, GroupId, GroupLoad, Market, RiskCard } from '../../src/index.ts';
import {
  CAPITAL_UNIT,
  DAY,
  idiosyncratic,
  lossUnit,
  MAX_GROUP_COVER,
  requiredCapitalUp,
  systematic,
  toFloat40,
} from '../../src/index.ts';
import { coefficient, now, sized, weight } from './arbitraries.ts';

/** Id of the harness's market. */
const MARKET = `0x${(1n << 216n).toString(16).padStart(64, '0')}`;

/** A quote to be asked for, of a purchase or of an extension. */
export type QuoteCase = {
  readonly book: Book;
  readonly market: Market;
  /** Expected loss the pool carries for all markets, loss units. */
  readonly lossUnits: bigint;
  readonly waitingHours: number;
  readonly cover: bigint;
  readonly coverDays: number;
  /** Day on which the policy ends; undefined for a purchase. */
  readonly endDay: bigint | undefined;
};

const validUntil = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(now, now + 1n) },
  { weight: 1, arbitrary: fc.constant(now - 1n) },
);

/** Mostly a coefficient from 1 % to 1, as fitted ones are; otherwise anything within its bounds. */
const usual = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1_000_000, max: 50_000_000 }) },
  { weight: 1, arbitrary: fc.oneof(coefficient, fc.constant(100_000_000)) },
);

/** Mostly so wide that another gate is the one that counts. */
const mostly = <T>(wide: T, any: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(wide) }, { weight: 1, arbitrary: any });

/** A part of a pool's scale, thousandths. */
const part = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: 1n, max: 1_000n }) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1_000n) },
);

const riskCard = (nonce: number): fc.Arbitrary<RiskCard> =>
  fc.record({
    el: fc.oneof(fc.integer({ min: 250_000, max: 100_000_000 }), fc.constant(100_000_000)),
    v: usual,
    w: fc.array(weight, { minLength: 4, maxLength: 4 }),
    maxShare: mostly(65_535, fc.integer({ min: 0, max: 2_500 })),
    maxCover: mostly(2n ** 48n - 1n, sized(48)),
    validUntil,
    nonce: fc.constant(nonce),
  });

const groupCard: fc.Arbitrary<GroupCard | undefined> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 60,
    arbitrary: fc.record({
      s: usual,
      cap: mostly(2 ** 32 - 1, fc.integer({ min: 0, max: 200_000 })),
      validUntil,
      alertUntil: fc.oneof(
        { weight: 40, arbitrary: fc.constantFrom(0n, now) },
        { weight: 1, arbitrary: fc.constant(now + 1n) },
      ),
      nonce: fc.constant(1),
    }),
  },
);

const groupId: fc.Arbitrary<GroupId> = fc.constantFrom(1, 2, 0x7fff, 0x8001, 0xffff);

/** What other markets carry in a group. */
const elsewhere = fc.record({
  ...{ part, w: weight, s: usual },
  /** As many markets as one such part each. */
  times: fc.oneof({ weight: 8, arbitrary: fc.constant(1n) }, { weight: 1, arbitrary: fc.constant(100n) }),
});

const rarely = fc.oneof(
  { weight: 60, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);

const ingredients = fc.record({
  groups: fc.uniqueArray(groupId, { maxLength: 4 }),
  elsewhere: fc.array(elsewhere, { minLength: 4, maxLength: 4 }),
  groupCards: fc.array(groupCard, { minLength: 4, maxLength: 4 }),
  applied: fc.option(riskCard(1), { nil: undefined }),
  card: fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 40, arbitrary: fc.oneof(riskCard(1), riskCard(2)) },
  ),
  /** Largest cover of any market. */
  scale: fc.oneof(fc.bigInt({ min: 1n, max: 2n ** 87n - 1n }), sized(87, 1n)),
  committed: part,
  /** Other markets: a few like this one, or many small ones that hardly weigh. */
  rest: fc.oneof(
    fc.record({ v: usual, part, times: fc.constant(1n) }),
    fc.record({ v: fc.constant(1), part, times: fc.constant(64n) }),
  ),
  terms: fc.record({
    z: fc.oneof(fc.integer({ min: 35_000, max: 75_000 }), fc.constantFrom(35_000, 75_000)),
    feeBps: fc.integer({ min: 0, max: 2_500 }),
    costOfCapitalBps: fc.integer({ min: 500, max: 5_000 }),
    gateBps: fc.oneof(fc.integer({ min: 5_000, max: 9_500 }), fc.constant(9_500)),
    gearing: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(20)),
    decimals: fc.constantFrom(0, 2, 6, 8, 18, 18, 18, 18),
  }),
  /** Required capital before the purchase, of the gate, in thousandths. */
  reached: fc.oneof(
    fc.integer({ min: 500, max: 1_010 }),
    fc.integer({ min: 100, max: 900 }),
    fc.integer({ min: 1, max: 200 }),
  ),
  windingDown: rarely,
  short: rarely.chain((is) => (is ? sized(90) : fc.constant(undefined))),
  detached: rarely,
  closed: rarely,
  waitingHours: fc.integer({ min: 24, max: 336 }),
  cover: fc.oneof(
    { weight: 8, arbitrary: fc.record({ ofCapital: fc.integer({ min: 1, max: 300_000 }) }) },
    { weight: 8, arbitrary: fc.record({ ofCapital: fc.integer({ min: 1, max: 2_000 }) }) },
    { weight: 2, arbitrary: fc.record({ exactly: sized(89) }) },
    { weight: 1, arbitrary: fc.record({ exactly: fc.constantFrom(0n, 1n, 2n ** 88n - 1n, 2n ** 88n) }) },
  ),
  coverDays: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 14, max: 350 }) },
    { weight: 3, arbitrary: fc.integer({ min: 14, max: 90 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) },
  ),
  extension: fc.option(fc.integer({ min: 1, max: 360 }), { nil: undefined }),
});

/** Pools and markets of every kind that can be, most of them such that something is sold. */
export const quoteCase: fc.Arbitrary<QuoteCase> = ingredients.map((one) => {
  const { terms, rest, groups } = one;
  const applied = one.applied?.nonce === one.card?.nonce ? one.card : one.applied;
  const el = BigInt(applied?.el ?? 0);
  const unit = lossUnit(terms.decimals) * 10n ** 8n;
  // A market without an applied card carries nothing; a pool's expected loss has 48 bits.
  const most = el === 0n ? 0n : (2n ** 47n * unit) / el;
  const sizeOf = (part: bigint) => (one.scale * part) / 1_000n;
  const own = sizeOf(one.committed);
  const committed = own < most ? own : most;
  const restCover = sizeOf(rest.part) * rest.times;
  const lossUnits = (el * committed) / unit + 5n;

  const loads = new Map<GroupId, GroupLoad>();
  let variance = idiosyncratic(BigInt(applied?.v ?? 0), committed) + idiosyncratic(BigInt(rest.v), restCover);
  let totalCover = committed + restCover;
  groups.forEach((group, i) => {
    const { part, w, s, times } = one.elsewhere[i] ?? { part: 0n, w: 0, s: 0, times: 0n };
    const cover = sizeOf(part) * times;
    const weighted = BigInt(w) * cover + BigInt(applied?.w[i] ?? 0) * committed;
    loads.set(group, { weighted, unweighted: cover + committed, s });
    variance += systematic(BigInt(s), weighted);
    totalCover += cover;
  });

  const required = requiredCapitalUp(variance, BigInt(terms.z));
  const capital = (required * 10_000_000n) / (CAPITAL_UNIT * BigInt(terms.gateBps) * BigInt(one.reached));
  const pricingCapital = toFloat40(capital < 2n ** 92n ? capital : 2n ** 92n - 1n);
  const asked =
    'exactly' in one.cover
      ? one.cover.exactly
      : (pricingCapital * BigInt(one.cover.ofCapital)) / 1_000_000n + 1n;
  const extends_ = one.extension !== undefined && committed > 0n;
  return {
    book: {
      ...{ terms, pricingCapital, variance, totalCover, groups: loads, windingDown: one.windingDown },
      ...(one.short === undefined ? {} : { shortBy: one.short }),
    },
    market: {
      ...{ id: MARKET, groups, committed, applied },
      ...{ card: one.card, groupCards: one.groupCards.slice(0, groups.length) },
      ...{ attached: !one.detached, open: !one.closed, waitingPeriod: BigInt(one.waitingHours) * 3_600n },
    },
    lossUnits,
    waitingHours: one.waitingHours,
    cover: extends_ ? (asked % committed) + 1n : asked,
    coverDays: one.coverDays,
    endDay: extends_ ? now / DAY + BigInt(one.extension ?? 0) : undefined,
  };
});

/**
 * A first purchase of full variance that takes required capital to its gate exactly, and `over` more: then S is z D,
 * and the gate u K.
 */
export function atGate(n: bigint, over: bigint): QuoteCase {
  const terms = {
    ...{ z: 75_000, feeBps: 1_000, costOfCapitalBps: 1_500, gateBps: 8_500, gearing: 10, decimals: 6 },
  };
  const card = {
    ...{ el: 2_000_000, v: 100_000_000, w: [], maxShare: 2_500, maxCover: 2n ** 48n - 1n },
    ...{ validUntil: now, nonce: 1 },
  };
  return {
    book: {
      ...{ terms, pricingCapital: 75_000n * n, variance: 0n, totalCover: 0n, groups: new Map() },
      windingDown: false,
    },
    market: {
      ...{ id: MARKET, groups: [], committed: 0n, applied: card, card, groupCards: [] },
      ...{ attached: true, open: true, waitingPeriod: 72n * 3_600n },
    },
    lossUnits: 0n,
    waitingHours: 72,
    cover: 8_500n * n + over,
    coverDays: 30,
    endDay: undefined,
  };
}

/** A purchase that fills a group, which hardly weighs, to the most that a pool can store of it, and `over` more. */
export function atStorage(over: bigint): QuoteCase {
  const { book, market, ...rest } = atGate(1n, 0n);
  const weights = { el: 2_000_000, v: 1, w: [1] };
  const card = { ...weights, maxShare: 65_535, maxCover: 2n ** 48n - 1n, validUntil: now, nonce: 1 };
  const cover = 2n ** 80n;
  const elsewhere = MAX_GROUP_COVER - cover + over;
  const load = { weighted: elsewhere, unweighted: elsewhere, s: 1 };
  return {
    ...rest,
    book: {
      ...book,
      ...{ terms: { ...book.terms, decimals: 18, gearing: 20 }, pricingCapital: toFloat40(2n ** 92n - 1n) },
      ...{ variance: systematic(1n, elsewhere), totalCover: elsewhere, groups: new Map([[1, load]]) },
    },
    market: {
      ...{ ...market, groups: [1], applied: card, card },
      groupCards: [{ s: 1, cap: 2 ** 32 - 1, validUntil: now, alertUntil: 0n, nonce: 1 }],
    },
    cover,
  };
}

import fc from 'fast-check';
import type { Book, GroupCard, GroupId, Market, PoolTerms, Position, RiskCard } from '../../src/index.ts';
import { CAPITAL_UNIT, exposureOf, requiredCapitalUp, toFloat40 } from '../../src/index.ts';

/** Moment of every purchase: some time within a day. */
export const now = 1_790_000_123n;

/** Any number of at most `bits` bits, every length equally likely, so that small ones are as common as large ones. */
export function sized(bits: number, least = 0n): fc.Arbitrary<bigint> {
  return fc
    .tuple(fc.integer({ min: 1, max: bits }), fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }))
    .map(([length, value]) => value >> BigInt(bits - length))
    .map((value) => (value < least ? least : value));
}

/** Coefficient of a card, 1e8 = 1. */
export const coefficient = fc.oneof(
  fc.integer({ min: 1, max: 100_000_000 }),
  fc.integer({ min: 1, max: 10_000 }),
);

/** Weight in a group, 1e4 = 1. */
export const weight = fc.integer({ min: 1, max: 10_000 });

/** Caps so wide that only utilisation limits a purchase. */
export const card: fc.Arbitrary<RiskCard> = fc.record({
  el: fc.integer({ min: 250_000, max: 100_000_000 }),
  v: coefficient,
  w: fc.array(weight, { minLength: 4, maxLength: 4 }),
  maxShare: fc.constant(65_535),
  maxCover: fc.constant(2n ** 48n - 1n),
  validUntil: fc.constant(now),
  nonce: fc.constant(1),
});

export const groupCard: fc.Arbitrary<GroupCard> = fc.record({
  s: coefficient,
  cap: fc.constant(2 ** 32 - 1),
  validUntil: fc.constant(now),
  alertUntil: fc.constant(now),
  nonce: fc.constant(1),
});

/** Terms whose gearing limits nothing. */
export const terms: fc.Arbitrary<PoolTerms> = fc.record({
  z: fc.integer({ min: 35_000, max: 75_000 }),
  feeBps: fc.integer({ min: 0, max: 2_500 }),
  costOfCapitalBps: fc.integer({ min: 500, max: 5_000 }),
  gateBps: fc.integer({ min: 5_000, max: 9_500 }),
  gearing: fc.constant(255),
  decimals: fc.constantFrom(6, 18),
});

const groupIds: readonly GroupId[] = [1, 2, 3, 4, 5];

const position = (bits: number): fc.Arbitrary<Position & { card: RiskCard }> =>
  fc.record({
    groups: fc.subarray([...groupIds], { maxLength: 4 }),
    committed: sized(bits, 1n),
    card,
  });

/** A pool with a few markets, the groups' cards, and one of the markets, in which cover is bought. */
export type World = {
  readonly book: Book;
  readonly market: Market;
  readonly positions: readonly (Position & { card: RiskCard })[];
  readonly coefficients: ReadonlyMap<GroupId, number>;
};

/** A world whose utilisation is anything up to 0.9 of its gate, and in which the market's own cover may be zero. */
export const world: fc.Arbitrary<World> = fc
  .record({
    positions: fc.array(position(70), { minLength: 1, maxLength: 5 }),
    groupCards: fc.array(groupCard, { minLength: groupIds.length, maxLength: groupIds.length }),
    terms,
    fresh: fc.boolean(),
    utilisation: fc.integer({ min: 1, max: 900 }),
  })
  .map(({ positions, groupCards, terms, fresh, utilisation }) => {
    const [first, ...others] = positions;
    if (first === undefined) throw new Error('no position');
    const all = [{ ...first, committed: fresh ? 0n : first.committed }, ...others];
    const cards = new Map(groupIds.map((group, i) => [group, groupCards[i]]));
    const coefficients = new Map(groupIds.map((group, i) => [group, groupCards[i]?.s ?? 0]));
    const exposure = exposureOf(all, coefficients);
    const required = requiredCapitalUp(exposure.variance, BigInt(terms.z)) || 2n ** 80n;
    const shareOfGate = BigInt(terms.gateBps) * BigInt(utilisation);
    const book: Book = {
      ...exposure,
      groups: new Map(
        groupIds.map((group) => {
          const s = coefficients.get(group) ?? 0;
          return [group, { weighted: 0n, unweighted: 0n, ...exposure.groups.get(group), s }];
        }),
      ),
      terms,
      pricingCapital: toFloat40((required * 10_000_000n) / shareOfGate / CAPITAL_UNIT + 1_000n),
    };
    const market: Market = {
      id: 'market',
      groups: first.groups,
      committed: fresh ? 0n : first.committed,
      applied: first.card,
      card: first.card,
      groupCards: first.groups.map((group) => cards.get(group)),
      attached: true,
      open: true,
      waitingPeriod: 72n * 3_600n,
    };
    return { book, market, positions: all, coefficients };
  });

/** A part of a pool's pricing capital: covers of the size a purchase may have, and small ones. */
export function coverIn({ pricingCapital }: Book, share: number): bigint {
  return (pricingCapital * BigInt(share)) / 1_000_000n + 1n;
}

/** Parts of a million of pricing capital. */
export const share = fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 500_000 }));

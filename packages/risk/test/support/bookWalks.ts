import fc from 'fast-check';
import type { GroupCard, GroupId, RiskCard } from '../../src/index.ts';
import { card, groupCard, sized } from './arbitraries.ts';

/** A market that is touched: the oracle's cards then, and its cover from then on. */
export type BookStep = {
  /** Which market. */
  readonly at: number;
  readonly groups: readonly GroupId[];
  readonly committed: bigint;
  readonly card: RiskCard | undefined;
  readonly groupCards: readonly GroupCard[];
};

/** Purchases, ends, cancellations and card changes in a pool that starts empty. */
export type BookWalk = { readonly decimals: number; readonly steps: readonly BookStep[] };

const markets = fc.array(fc.subarray([1, 2, 3, 0x8001], { maxLength: 4 }), { minLength: 1, maxLength: 5 });

const step = fc.record({
  at: fc.nat(4),
  committed: fc.oneof(fc.constant(0n), sized(88)),
  /** A new card, or the one before. */
  card: fc.option(card, { nil: undefined }),
  groupCards: fc.array(groupCard, { minLength: 4, maxLength: 4 }),
});

/** Walks of 100 steps among up to five markets. */
export const bookWalk: fc.Arbitrary<BookWalk> = fc
  .record({
    decimals: fc.constantFrom(0, 2, 6, 18),
    markets,
    steps: fc.array(step, { minLength: 100, maxLength: 100 }),
  })
  .map(({ decimals, markets, steps }) => {
    const cards = new Map<number, RiskCard>();
    const walk = steps.map((one, i) => {
      const at = one.at % markets.length;
      const groups = markets[at] ?? [];
      if (one.card !== undefined) cards.set(at, { ...one.card, nonce: i + 1 });
      return { ...one, at, groups, card: cards.get(at), groupCards: one.groupCards.slice(0, groups.length) };
    });
    return { decimals, steps: walk };
  });

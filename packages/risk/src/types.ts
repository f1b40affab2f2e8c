/** Number of a shock group, 1 to 65,535; bit 15 says that it is hard. */
export type GroupId = number;

/** A hard group (shared code, bridge, key): a total loss of all its markets must be payable. */
export const HARD_GROUP = 0x8000;

/** Whether a group is hard. */
export function isHardGroup(group: GroupId): boolean {
  return (group & HARD_GROUP) !== 0;
}

/** What of a market's risk card weighs its cover into the pool's variance and expected loss. */
export type RiskWeights = {
  /** Expected loss of a unit of cover and year, 1e8 = 100 %. */
  readonly el: number;
  /** Idiosyncratic variance coefficient, 1e8 = 1. */
  readonly v: number;
  /** Weights in the market's groups, in their order, 1e4 = 1; missing ones are 0. */
  readonly w: readonly number[];
};

/** Risk card of a market, as the oracle answers it. */
export type RiskCard = RiskWeights & {
  /** Largest share of a pool's pricing capital, basis points. */
  readonly maxShare: number;
  /** Most cover any one pool may carry, whole units of the asset. */
  readonly maxCover: bigint;
  /** Seconds. */
  readonly validUntil: bigint;
  readonly nonce: number;
};

/** Risk card of a shock group. */
export type GroupCard = {
  /** Variance coefficient of the shock, 1e8 = 1. */
  readonly s: number;
  /** Most unweighted cover of the group, basis points of pricing capital. */
  readonly cap: number;
  /** Seconds. */
  readonly validUntil: bigint;
  /** While an alert is hot nothing is sold in the markets of the group; seconds. */
  readonly alertUntil: bigint;
  readonly nonce: number;
};

/** Settings of a pool that a price depends on. */
export type PoolTerms = {
  /** Tail multiplier, 1e4 = 1. */
  readonly z: number;
  /** Fee on the premium, basis points. */
  readonly feeBps: number;
  /** Cost of capital, basis points a year. */
  readonly costOfCapitalBps: number;
  /** Largest utilisation at which cover is sold, basis points. */
  readonly gateBps: number;
  /** Most total cover, times pricing capital; also the most of a soft group. */
  readonly gearing: number;
  /** Decimals of the pool's asset. */
  readonly decimals: number;
};

/** What a pool carries in a shock group. */
export type GroupLoad = {
  /** Y, the sum of weight times cover, 1e-4 asset units. */
  readonly weighted: bigint;
  /** Sum of the cover of all the group's markets, asset units. */
  readonly unweighted: bigint;
  /** Variance coefficient as the pool applies it, 1e8 = 1. */
  readonly s: number;
};

/** Exposure of a pool: its variance and what it is made of. */
export type Exposure = {
  /** V times 1e16, a whole number. */
  readonly variance: bigint;
  /** Committed cover of all markets, asset units. */
  readonly totalCover: bigint;
  /** Loads of the groups; one that is not in it is empty. */
  readonly groups: ReadonlyMap<GroupId, GroupLoad>;
};

/** A pool held in memory: all that a price depends on besides the market. */
export type Book = Exposure & {
  readonly terms: PoolTerms;
  /** K_p as of the purchase, asset units: `pricingCapital` of the pool's `state()`. */
  readonly pricingCapital: bigint;
  /** Whether the pool is being wound down: `windingDown` of `state()`. */
  readonly windingDown?: boolean;
  /**
   * Liability of open incidents, asset units: `heldLiability` of `state()` where its `short` is set, 0 included. A short
   * pool sells nothing.
   */
  readonly shortBy?: bigint;
};

/** Cover of one market as it stands in V. */
export type Position = {
  /** At most four groups, all different. */
  readonly groups: readonly GroupId[];
  /** Cover counted from the purchase to R after the end, asset units. */
  readonly committed: bigint;
  /** The weights with which it stands there. */
  readonly card: RiskWeights;
};

/** A market held in memory. */
export type Market = {
  /** Its id, repeated in refusals. */
  readonly id: string;
  /** At most four groups, all different. */
  readonly groups: readonly GroupId[];
  /** Cover counted in V, asset units. */
  readonly committed: bigint;
  /** The card the pool has applied: it weighs `committed`. Undefined where none was. */
  readonly applied?: RiskCard | undefined;
  /** The oracle's card now. Undefined where none was published. */
  readonly card?: RiskCard | undefined;
  /** The oracle's cards of the groups now, in their order. */
  readonly groupCards: readonly (GroupCard | undefined)[];
  /** Whether the curator has it attached. */
  readonly attached: boolean;
  /** Whether the registry lets it be bought (or extended) now. */
  readonly open: boolean;
  /** Seconds from a purchase to the earliest start, and from the last moment of an extension to the old end. */
  readonly waitingPeriod: bigint;
};

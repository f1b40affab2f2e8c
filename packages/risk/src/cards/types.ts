import type { SeverityLaw } from '../portfolio/types.ts';

/** A factor of a market's hazard beside its size, and why. */
export type HazardFactor = {
  /** Such as `category lending` or `younger than 3 months`. */
  readonly name: string;
  /** What the hazard is multiplied with; above 0. */
  readonly multiplier: number;
};

/** A shock group that a market is in. */
export type GroupWeight = {
  /** Number of the group; bit 15 says that it is hard. */
  readonly group: number;
  /** Chance that the group's shock makes this market fail, 0 to 1. */
  readonly weight: number;
};

/** What is known about a market apart from its size: what a card is made of. */
export type MarketScore = {
  /** Failures a year of a market of 10 million dollars without any factor. */
  readonly baseHazard: number;
  /** What the hazard is multiplied with for each tenfold of the insured value. */
  readonly perDecade: number;
  readonly factors: readonly HazardFactor[];
  /** Its own record: failures, and years of exposure. */
  readonly failures: number;
  readonly years: number;
  /** Loss given failure as a share of a market of `severityAt` dollars. */
  readonly severity: SeverityLaw;
  readonly severityAt: number;
  /** The loss grows with this power of the insured value: below 1, the share falls as the market grows. */
  readonly lossElasticity: number;
  /** At most four, in the order of the market's terms. */
  readonly groups: readonly GroupWeight[];
};

/** What is known about a shock group. */
export type GroupScore = {
  readonly group: number;
  /** Shocks a year. */
  readonly rate: number;
  readonly severity: SeverityLaw;
};

/** A credible sign that a market is about to be attacked. */
export type ThreatSignal = {
  /** What was seen. */
  readonly reason: string;
  /** What the hazard is multiplied with at that moment; at least 1. */
  readonly multiplier: number;
  /** Seconds. */
  readonly seenAt: number;
  /** Seconds in which what it adds halves; 30 days when left out. */
  readonly halfLife?: number | undefined;
};

/** What is read from the chain when a card is made. */
export type MarketReading = {
  /** Value that the market's contracts hold, dollars. */
  readonly value: number;
  /** The same in whole units of the market's asset. */
  readonly units: number;
  /** Pools that have the market attached. */
  readonly pools: number;
  /** Seconds. */
  readonly time: number;
};

/** How scores become cards. */
export type CardPolicy = {
  /** Years of exposure that the model's hazard counts as. */
  readonly credibility: number;
  /** Quantile of the posterior hazard that is priced. */
  readonly quantile: number;
  /** Least share of a market's variance that its strongest group carries. */
  readonly leastCorrelation: number;
  /** Basis points of pricing capital. */
  readonly maxShare: number;
  /** Most share of the insured value that all pools together cover. */
  readonly insuredShare: number;
  readonly softCap: number;
  readonly hardCap: number;
  /** Largest product of threat signals. */
  readonly mostThreat: number;
};

export const defaultPolicy: CardPolicy = {
  credibility: 150,
  quantile: 0.8,
  leastCorrelation: 0.02,
  maxShare: 2_000,
  insuredShare: 0.25,
  softCap: 30_000,
  hardCap: 10_000,
  mostThreat: 50,
};

/** Values of a market's card, in its units. */
export type MarketCardValues = {
  readonly el: number;
  readonly v: number;
  readonly w: readonly [number, number, number, number];
  readonly maxShare: number;
  readonly maxCover: number;
};

/** Values of a group's card. */
export type GroupCardValues = { readonly s: number; readonly cap: number };

/** Values of a pool's card. */
export type PoolCardValues = { readonly z: number; readonly elSenior: number };

/** A factor and what it adds to el, 1e-8 a year: 1e4 are a basis point. */
export type Effect = { readonly name: string; readonly effect: number };

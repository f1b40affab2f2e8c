import type { SizeEffect } from '../hazard/size.ts';
import type { LossShare } from '../severity/lossShare.ts';
import type { ShareBySize } from '../severity/shareBySize.ts';

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

/** What a fit says of every market: its hazard and its loss by size. */
export type CardModel = {
  /** Failures a year of a market of 10 million dollars without any factor. */
  readonly baseHazard: number;
  readonly size: SizeEffect;
  /** Loss given failure as a share of the value, over all sizes: the shape. */
  readonly severity: LossShare;
  /** Its mean by size. */
  readonly shareBySize: Pick<ShareBySize, 'intercept' | 'slope'>;
};

/** What is known about a market apart from its size: what a card is made of. */
export type MarketScore = {
  readonly factors: readonly HazardFactor[];
  /** Its own record as far as no factor holds it: failures, and years of exposure. */
  readonly failures: number;
  readonly years: number;
  /** At most four, in the order of the market's terms. */
  readonly groups: readonly GroupWeight[];
};

/** What is known about a shock group. */
export type GroupScore = {
  readonly group: number;
  /** Shocks a year. */
  readonly rate: number;
  /** One draw holds for all markets that a shock hits. */
  readonly severity: LossShare;
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
  /** Value that the market's contracts hold, dollars: the larger of what is read, which makes the hazard. */
  readonly value: number;
  /** The smaller, which makes the loss share. */
  readonly leastValue: number;
  /** The smaller in whole units of the market's asset, which makes the cap. */
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

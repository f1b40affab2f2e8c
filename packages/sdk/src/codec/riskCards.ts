import { place, take } from './bits.ts';

/** Weights of a market in up to four groups, in the order of its groups; 1e4 = 100 %. */
export type GroupWeights = readonly [number, number, number, number];

/** Risk card of a market. */
export type RiskCard = {
  /** Expected loss of a unit of cover and year, 1e8 = 100 %. */
  el: number;
  /** Idiosyncratic variance coefficient, 1e8 = 1. */
  v: number;
  w: GroupWeights;
  /** Largest share of a pool's pricing capital, basis points. */
  maxShare: number;
  /** Most cover any one pool may carry, whole units of the asset. */
  maxCover: bigint;
  /** Seconds. */
  validUntil: bigint;
  nonce: number;
};

/** Risk card of a shock group. */
export type GroupCard = {
  /** Variance coefficient of the shock, 1e8 = 1. */
  s: number;
  /** Most unweighted cover of the group, basis points of pricing capital. */
  cap: number;
  /** Seconds. */
  validUntil: bigint;
  /** While an alert is hot nothing is sold in the markets of the group; seconds. */
  alertUntil: bigint;
  nonce: number;
};

const risk = {
  el: { offset: 0, width: 32 },
  v: { offset: 32, width: 32 },
  maxShare: { offset: 128, width: 16 },
  maxCover: { offset: 144, width: 48 },
  validUntil: { offset: 192, width: 40 },
  nonce: { offset: 232, width: 24 },
} as const;

const weight = (i: number) => ({ offset: 64 + 16 * i, width: 16 });

const group = {
  s: { offset: 0, width: 32 },
  cap: { offset: 32, width: 32 },
  validUntil: { offset: 64, width: 40 },
  alertUntil: { offset: 104, width: 40 },
  nonce: { offset: 144, width: 24 },
} as const;

/** Reads a market's card; undefined for the zero word of a market without one. */
export function decodeRiskCard(word: bigint): RiskCard | undefined {
  if (word === 0n) return undefined;
  const w = (i: number) => Number(take(word, weight(i)));
  return {
    el: Number(take(word, risk.el)),
    v: Number(take(word, risk.v)),
    w: [w(0), w(1), w(2), w(3)],
    maxShare: Number(take(word, risk.maxShare)),
    maxCover: take(word, risk.maxCover),
    validUntil: take(word, risk.validUntil),
    nonce: Number(take(word, risk.nonce)),
  };
}

/**
 * The word of a market's card.
 * @throws ValueTooLarge when a field does not fit
 */
export function encodeRiskCard(card: RiskCard): bigint {
  let word =
    place('el', card.el, risk.el) |
    place('v', card.v, risk.v) |
    place('maxShare', card.maxShare, risk.maxShare) |
    place('maxCover', card.maxCover, risk.maxCover) |
    place('validUntil', card.validUntil, risk.validUntil) |
    place('nonce', card.nonce, risk.nonce);
  card.w.forEach((value, i) => {
    word |= place(`w[${i}]`, value, weight(i));
  });
  return word;
}

/** Reads a group's card; undefined for the zero word of a group without one. */
export function decodeGroupCard(word: bigint): GroupCard | undefined {
  if (word === 0n) return undefined;
  return {
    s: Number(take(word, group.s)),
    cap: Number(take(word, group.cap)),
    validUntil: take(word, group.validUntil),
    alertUntil: take(word, group.alertUntil),
    nonce: Number(take(word, group.nonce)),
  };
}

/**
 * The word of a group's card.
 * @throws ValueTooLarge when a field does not fit
 */
export function encodeGroupCard(card: GroupCard): bigint {
  return (
    place('s', card.s, group.s) |
    place('cap', card.cap, group.cap) |
    place('validUntil', card.validUntil, group.validUntil) |
    place('alertUntil', card.alertUntil, group.alertUntil) |
    place('nonce', card.nonce, group.nonce)
  );
}

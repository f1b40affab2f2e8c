import type { MarketCardValues } from './types.ts';

/** A market card's values with each weight a field of its own: what limits work on. */
export type FlatMarketCard = {
  readonly el: number;
  readonly v: number;
  readonly w0: number;
  readonly w1: number;
  readonly w2: number;
  readonly w3: number;
  readonly maxShare: number;
  readonly maxCover: number;
};

export function flatten({
  el,
  v,
  w: [w0, w1, w2, w3],
  maxShare,
  maxCover,
}: MarketCardValues): FlatMarketCard {
  return { el, v, w0, w1, w2, w3, maxShare, maxCover };
}

export function unflatten({ el, v, w0, w1, w2, w3, maxShare, maxCover }: FlatMarketCard): MarketCardValues {
  return { el, v, w: [w0, w1, w2, w3], maxShare, maxCover };
}

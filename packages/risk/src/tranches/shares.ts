import { mulDivDown, mulDivUp } from '../integer/mulDiv.ts';

/** Shares that nobody holds, so that a tranche starts at 1,000 shares an asset unit. */
export const VIRTUAL_SHARES = 1_000n;

/** Asset unit that nobody owns. */
export const VIRTUAL_ASSETS = 1n;

/** A tranche as shares see it. */
export type ShareClass = {
  /** Shares of its epoch. */
  readonly supply: bigint;
  /** Its assets, asset units. */
  readonly total: bigint;
};

/**
 * Shares for assets, rounded down.
 *
 * Source: `TrancheMath.toSharesDown`.
 */
export function toSharesDown(assets: bigint, { supply, total }: ShareClass): bigint {
  return mulDivDown(assets, supply + VIRTUAL_SHARES, total + VIRTUAL_ASSETS);
}

/**
 * Shares for assets, rounded up.
 *
 * Source: `TrancheMath.toSharesUp`.
 */
export function toSharesUp(assets: bigint, { supply, total }: ShareClass): bigint {
  return mulDivUp(assets, supply + VIRTUAL_SHARES, total + VIRTUAL_ASSETS);
}

/**
 * Assets for shares, rounded down; never more than `total` for all of them.
 *
 * Source: `TrancheMath.toAssetsDown`.
 */
export function toAssetsDown(shares: bigint, { supply, total }: ShareClass): bigint {
  return mulDivDown(shares, total + VIRTUAL_ASSETS, supply + VIRTUAL_SHARES);
}

/**
 * Assets for shares, rounded up.
 *
 * Source: `TrancheMath.toAssetsUp`.
 */
export function toAssetsUp(shares: bigint, { supply, total }: ShareClass): bigint {
  return mulDivUp(shares, total + VIRTUAL_ASSETS, supply + VIRTUAL_SHARES);
}

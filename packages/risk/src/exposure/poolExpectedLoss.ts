import type { Position } from '../types.ts';
import { RATE } from '../units.ts';

/**
 * One unit of a pool's running expected loss: 0.01 of the asset, or one asset unit where it has at most 2 decimals.
 *
 * Source: `PoolBase._lossUnit`.
 * @param decimals of the asset
 */
export function lossUnit(decimals: number): bigint {
  return decimals > 2 ? 10n ** BigInt(decimals - 2) : 1n;
}

/**
 * Expected loss a year of all positions, asset units, as the pool carries it: each market's part is rounded down to
 * whole loss units.
 *
 * Source: `PoolRisk._weigh`, `PoolBase._distribute`.
 * @param decimals of the asset
 */
export function poolExpectedLoss(positions: readonly Position[], decimals: number): bigint {
  const unit = lossUnit(decimals);
  let units = 0n;
  for (const { committed, card } of positions) units += (BigInt(card.el) * committed) / (unit * RATE);
  return units * unit;
}

import type { LossMeasures } from '../portfolio/lossMeasures.ts';
import { tailMultiplier } from '../portfolio/tailMultiplier.ts';
import type { TrancheLosses } from '../portfolio/trancheLosses.ts';
import { meanSquareLossShare } from '../severity/lossShare.ts';
import { isHardGroup } from '../types.ts';
import { boundDown, boundUp, cardBounds } from './bounds.ts';
import {
  type CardPolicy,
  defaultPolicy,
  type GroupCardValues,
  type GroupScore,
  type PoolCardValues,
} from './types.ts';

/** The card of a shock group: s = rate x E[severity^2]. */
export function groupCard(score: GroupScore, policy: CardPolicy = defaultPolicy): GroupCardValues {
  const isHard = isHardGroup(score.group);
  return {
    s: boundUp(score.rate * meanSquareLossShare(score.severity) * 1e8, cardBounds.s),
    cap: boundDown(
      isHard ? policy.hardCap : policy.softCap,
      isHard ? cardBounds.hardCap : cardBounds.softCap,
    ),
  };
}

/**
 * The card of a pool, from its simulated losses over a year.
 * @param variance V of the book as its cards weigh it, in the square of the simulation's unit
 */
export function poolCard(measures: LossMeasures, tranches: TrancheLosses, variance: number): PoolCardValues {
  return {
    z: boundUp(tailMultiplier(measures, variance).z * 10_000, cardBounds.z),
    elSenior: boundUp(tranches.senior.rate * 10_000, cardBounds.elSenior),
  };
}

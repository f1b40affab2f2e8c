import { LoadExceededError } from '../errors.ts';
import type { Exposure, GroupId, GroupLoad, Position } from '../types.ts';
import { idiosyncratic, systematic, weightOf } from './variance.ts';

const empty: GroupLoad = { weighted: 0n, unweighted: 0n, s: 0 };

/** What the pool carries in a group; nothing where it never did. */
export function loadOf(exposure: Exposure, group: GroupId): GroupLoad {
  return exposure.groups.get(group) ?? empty;
}

/**
 * Moves a market from what it carries to something else: other cover, another card, or both; exactly, with work that
 * grows with its groups alone.
 *
 * Source: `PoolRisk._weigh`.
 * @param from the market as it stands in `exposure`
 * @param to its cover and card from now on
 * @throws LoadExceededError when `exposure` does not carry `from`
 */
export function weigh<T extends Exposure>(exposure: T, from: Position, to: Omit<Position, 'groups'>): T {
  let variance =
    exposure.variance -
    idiosyncratic(BigInt(from.card.v), from.committed) +
    idiosyncratic(BigInt(to.card.v), to.committed);
  const groups = new Map(exposure.groups);
  from.groups.forEach((group, i) => {
    const { weighted, unweighted, s } = loadOf(exposure, group);
    const load = {
      weighted: weighted - weightOf(from.card, i) * from.committed + weightOf(to.card, i) * to.committed,
      unweighted: unweighted - from.committed + to.committed,
      s,
    };
    if (load.weighted < 0n || load.unweighted < 0n) throw new LoadExceededError(`group ${group}`);
    variance += systematic(BigInt(s), load.weighted) - systematic(BigInt(s), weighted);
    groups.set(group, load);
  });
  const totalCover = exposure.totalCover - from.committed + to.committed;
  if (variance < 0n) throw new LoadExceededError('variance');
  if (totalCover < 0n) throw new LoadExceededError('totalCover');
  return { ...exposure, variance, totalCover, groups };
}

/**
 * Gives groups new variance coefficients.
 *
 * Source: `PoolRisk._previewCards`.
 * @param coefficients s, 1e8 = 1; 0 leaves the group as it is, as a missing card does
 */
export function reweighGroups<T extends Exposure>(
  exposure: T,
  coefficients: ReadonlyMap<GroupId, number>,
): T {
  let { variance } = exposure;
  const groups = new Map(exposure.groups);
  for (const [group, s] of coefficients) {
    const load = loadOf(exposure, group);
    if (s === 0 || s === load.s) continue;
    variance += systematic(BigInt(s), load.weighted) - systematic(BigInt(load.s), load.weighted);
    groups.set(group, { ...load, s });
  }
  return { ...exposure, variance, groups };
}

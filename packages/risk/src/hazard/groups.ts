import { canonicalCategory, categoryFamily } from '../data/categories.ts';
import { canonicalChain } from '../data/chains.ts';
import { slugOf } from '../data/defillama.ts';
import { projectOf } from '../data/project.ts';
import type { ProtocolRecord } from '../data/records.ts';

/** What markets may have in common. */
export type CauseKind = 'code' | 'bridge' | 'oracle' | 'chain' | 'stablecoin';

/** Shocks of a cause a year, and the chance that one hits a market of its group. */
export type GroupPrior = { readonly rate: number; readonly weight: number };

/**
 * Believed, not fitted: the records show no clustering by chain or category, and too few shocks of one code, bridge or
 * oracle to count. A card's weights are raised until its strongest group carries the least correlation that prices use.
 */
export const GROUP_PRIORS: Readonly<Record<CauseKind, GroupPrior>> = {
  code: { rate: 0.005, weight: 0.5 },
  bridge: { rate: 0.01, weight: 0.5 },
  oracle: { rate: 0.01, weight: 0.2 },
  chain: { rate: 0.02, weight: 0.05 },
  stablecoin: { rate: 0.02, weight: 0.05 },
};

/** What one shock hits. Hard groups may be lost altogether: shared code, a bridge. */
export type SharedCause = {
  readonly kind: CauseKind;
  /** Kind and name, such as `code:compound` or `chain:ethereum`. */
  readonly key: string;
  readonly isHard: boolean;
};

/** Most groups that a market may be in. */
export const MAX_GROUPS = 4;

/**
 * The shock groups of a protocol, the gravest first: shared code (its own project's versions, then what it was forked
 * from), a bridge, its oracle, and the chain it is named after first. At most four.
 */
export function shockGroupsOf(protocol: ProtocolRecord): readonly SharedCause[] {
  const group = (kind: SharedCause['kind'], name: string, isHard: boolean): SharedCause => ({
    kind,
    key: `${kind}:${name}`,
    isHard,
  });
  const category = canonicalCategory(protocol.categories.at(-1)?.name ?? '');
  const code = [
    projectOf(protocol.slug, protocol.parent),
    ...protocol.forkedFrom.map((one) => projectOf(slugOf(one))),
  ];
  const [chain] = protocol.chains;
  const groups = [
    ...[...new Set(code)].slice(0, 2).map((name) => group('code', name, true)),
    ...(categoryFamily(category) === 'bridge' ? [group('bridge', protocol.slug, true)] : []),
    ...protocol.oracles.slice(0, 1).map((name) => group('oracle', slugOf(name), false)),
    ...(chain === undefined ? [] : [group('chain', canonicalChain(chain), false)]),
  ];
  return groups.slice(0, MAX_GROUPS);
}

/** Members of every group that at least two protocols are in, largest first. */
export function shockGroups(protocols: readonly ProtocolRecord[]): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const protocol of protocols) {
    for (const { key } of shockGroupsOf(protocol)) {
      const list = members.get(key);
      if (list) list.push(protocol.slug);
      else members.set(key, [protocol.slug]);
    }
  }
  return new Map(
    [...members].filter(([, list]) => list.length > 1).sort(([, a], [, b]) => b.length - a.length),
  );
}

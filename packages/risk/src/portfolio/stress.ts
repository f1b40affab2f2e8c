import type { Capital, Portfolio } from './types.ts';

/** What happens in a scenario. */
export type Scenario = {
  readonly name: string;
  /** Loss share of each market that fails, by its id. */
  readonly severities: ReadonlyMap<string, number>;
  /** Fall of the pool's own asset, 0 to 1: capital and claims fall alike, what they buy does not. */
  readonly assetFall?: number | undefined;
};

/** What a scenario does to a pool, in the portfolio's unit. */
export type StressResult = {
  readonly scenario: string;
  readonly markets: number;
  /** Cover of the markets that fail. */
  readonly cover: number;
  /** Liability: cover times severity less deductible. */
  readonly loss: number;
  readonly fromJunior: number;
  readonly fromSenior: number;
  readonly unpaid: number;
  /** Share of each claim that is paid. */
  readonly ratio: number;
  /** Worth of what is paid and of the capital left, after a fall of the asset itself. */
  readonly worthOfPaid: number;
  readonly worthOfCapitalLeft: number;
};

/** Plays a scenario on a book. */
export function stress({ names }: Portfolio, { junior, senior }: Capital, scenario: Scenario): StressResult {
  const { name: of, severities, assetFall = 0 } = scenario;
  const failed = names.filter(({ id }) => severities.has(id));
  const loss = failed.reduce(
    (sum, { id, cover, deductible }) => sum + cover * (1 - deductible) * (severities.get(id) ?? 0),
    0,
  );
  const fromJunior = Math.min(loss, junior);
  const fromSenior = Math.min(loss - fromJunior, senior);
  const paid = fromJunior + fromSenior;
  return {
    scenario: of,
    markets: failed.length,
    cover: failed.reduce((sum, { cover }) => sum + cover, 0),
    loss,
    fromJunior,
    fromSenior,
    unpaid: loss - paid,
    ratio: loss === 0 ? 1 : paid / loss,
    worthOfPaid: paid * (1 - assetFall),
    worthOfCapitalLeft: (junior + senior - paid) * (1 - assetFall),
  };
}

/** A whole group fails at once. */
export function groupScenario({ names }: Portfolio, group: number, severity: number, name: string): Scenario {
  const members = names.filter(({ groups }) => groups.some((membership) => membership.group === group));
  return { name, severities: new Map(members.map(({ id }) => [id, severity])) };
}

/** The group whose markets carry most cover; undefined without groups. */
export function largestGroup({ names, groups }: Portfolio): number | undefined {
  let largest: { group: number; cover: number } | undefined;
  for (const { group } of groups) {
    const cover = names
      .filter(({ groups: memberships }) => memberships.some((each) => each.group === group))
      .reduce((sum, name) => sum + name.cover, 0);
    if (!largest || cover > largest.cover) largest = { group, cover };
  }
  return largest?.group;
}

/** An incident of the past as far as a replay needs it. */
export type PastIncident = {
  /** Category or technique by which markets of today are matched; compared in lower case. */
  readonly category: string;
  /** Share of the value that was lost, 0 to 1. */
  readonly lossShare: number;
};

/** A market of today as a replay sees it. */
export type ReplayMarket = { readonly id: string; readonly category: string };

/**
 * A year of the past replayed against today's book: the year's incidents in each category, as a share of the protocols
 * that were exposed then, hit as many of today's markets of that category: rounded up, the largest covers first, the
 * largest loss shares on them. So the replay is unkind: it asks whether today's book would stand that year.
 * @param exposed protocols of each category that were exposed in that year
 */
export function replayScenario(
  { names }: Portfolio,
  markets: readonly ReplayMarket[],
  incidents: readonly PastIncident[],
  exposed: ReadonlyMap<string, number>,
  name: string,
): Scenario {
  const severities = new Map<string, number>();
  const categories = new Set(incidents.map(({ category }) => category.toLowerCase()));
  for (const category of categories) {
    const today = markets.filter((market) => market.category.toLowerCase() === category).map(({ id }) => id);
    const past = incidents.filter((each) => each.category.toLowerCase() === category);
    const share = past.length / Math.max(past.length, exposed.get(category) ?? 0);
    const hits = Math.ceil(share * today.length);
    const covers = names.filter(({ id }) => today.includes(id)).sort((a, b) => b.cover - a.cover);
    const shares = past.map(({ lossShare }) => lossShare).sort((a, b) => b - a);
    covers.slice(0, hits).forEach(({ id }, i) => {
      severities.set(id, shares[i] ?? 0);
    });
  }
  return { name, severities };
}

import {
  canonicalCategory,
  groupScenario,
  isHardGroup,
  largestGroup,
  meanOf,
  pastYear,
  replayScenario,
  type Scenario,
  type StressResult,
  stress,
} from '@breakwater/risk';
import { UsageError } from '../errors.ts';
import type { LivePool } from './livePool.ts';
import { type Loading, loadIncidents, loadProtocols } from './load.ts';

/** What the stress set needs to know beyond the book. */
export type StressOptions = {
  readonly incidents: string | undefined;
  readonly protocols: string | undefined;
  readonly categories: readonly string[];
  readonly stablecoinGroup: bigint | undefined;
  readonly oracleGroup: bigint | undefined;
  readonly bridgeGroup: bigint | undefined;
};

/** Years that are replayed, and the end of the last: the day of what a list does not date. */
const REPLAYED = [2022, 2023];
const LAST_REPLAYED = '2023-12-31';

/** Fall of the pool's own asset in the depeg: what USDC lost in March 2023, 12 %. */
const DEPEG = 0.12;

/**
 * The stress set: the largest group lost in full; the oracle out, the bridge failed, the stablecoin off its peg, where
 * these are groups of the book; the pool's own asset off its peg, with and without the stablecoin's markets; and the
 * incident years 2022 and 2023, where there is a file of incidents.
 */
export async function stressSet(
  { portfolio, capital, markets }: LivePool,
  options: StressOptions,
  loading: Loading,
): Promise<StressResult[]> {
  const scenarios: Scenario[] = [];
  const largest = largestGroup(portfolio);
  const has = (group: number) => portfolio.groups.some((each) => each.group === group);
  const addGroup = (group: bigint | number | undefined, what: string, severity: number, assetFall = 0) => {
    if (group === undefined || !has(Number(group))) return;
    const name = `${what}: group ${group}${isHardGroup(Number(group)) ? ', hard' : ''}`;
    scenarios.push({ ...groupScenario(portfolio, Number(group), severity, name), assetFall });
  };
  // Shocks have the severity of all sizes; where there are none, markets' own laws stand in.
  const laws = portfolio.groups.map(({ severity }) => portfolio.severities[severity] ?? []);
  const ordinary = Math.max(0, ...(laws.length > 0 ? laws : portfolio.severities).map(meanOf));
  addGroup(largest, 'largest group lost', 1);
  addGroup(options.oracleGroup, 'oracle outage', ordinary);
  addGroup(options.bridgeGroup, 'bridge failure', 1);
  const stablecoin = options.stablecoinGroup ?? 1n;
  addGroup(stablecoin, 'stablecoin depeg', DEPEG);
  addGroup(stablecoin, 'depeg of the own asset too', DEPEG, DEPEG);
  scenarios.push({ name: 'depeg of the own asset alone', severities: new Map(), assetFall: DEPEG });
  if (options.incidents !== undefined) {
    const protocols =
      options.protocols === undefined
        ? []
        : (await loadProtocols(options.protocols, LAST_REPLAYED, loading)).records;
    const { records: incidents } = await loadIncidents(options.incidents, protocols, loading);
    const categories = new Map(options.categories.map(readCategory));
    const replayed = markets.flatMap(({ id, name }) => {
      const category = categories.get(name.toLowerCase()) ?? categories.get(id);
      return category === undefined ? [] : [{ id, category }];
    });
    if (replayed.length === 0) {
      throw new UsageError(
        'To replay incidents give categories of the markets: --categories MARKET=CATEGORY.',
      );
    }
    for (const year of REPLAYED) {
      const past = pastYear(incidents, protocols, year, ordinary);
      scenarios.push(
        replayScenario(portfolio, replayed, past.incidents, past.exposed, `incidents of ${year} replayed`),
      );
    }
  }
  return scenarios.map((scenario) => stress(portfolio, capital, scenario));
}

function readCategory(given: string): [market: string, category: string] {
  const [market, category] = given.split('=', 2);
  if (!market || !category) throw new UsageError(`--categories is "${given}"; it must be MARKET=CATEGORY.`);
  return [market.trim().toLowerCase(), canonicalCategory(category.trim())];
}

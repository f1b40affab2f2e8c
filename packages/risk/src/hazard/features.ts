import { type CategoryFamily, canonicalCategory, categoryFamily } from '../data/categories.ts';
import { canonicalChain } from '../data/chains.ts';
import type { Day } from '../data/day.ts';
import type { ProtocolRecord, TvlSnapshot } from '../data/records.ts';
import { exploitsBefore, type History, relativesBefore } from './history.ts';

/** What is known of a protocol on a day, and nothing that became known later. */
export type Features = {
  readonly slug: string;
  /** Latest value locked that was known; undefined where none was, or where the list says zero. */
  readonly tvl: TvlSnapshot | undefined;
  readonly category: string;
  readonly family: CategoryFamily;
  readonly chains: readonly string[];
  readonly listed: Day | undefined;
  /** Whether it was exploited before; undefined where no incidents were given. */
  readonly isExploited: boolean | undefined;
  /** Day of the last exploit before. */
  readonly lastExploit: Day | undefined;
  /** Whether another protocol of the same project was exploited before. */
  readonly isRelativeExploited: boolean;
  readonly isDead: boolean;
  readonly isFork: boolean | undefined;
  readonly audits: number | undefined;
  readonly oracleCount: number | undefined;
};

/** Below this a list's value is no measurement: entries that count nothing are written as zero. */
const LEAST_TVL = 1;

/**
 * What is known of a protocol on a day: every snapshot, category and incident after it is left aside.
 * @param exploitsBeforeDay day before which exploits count, where that is another one
 */
export function featuresOf(
  protocol: ProtocolRecord,
  asOf: Day,
  history?: History,
  exploitsBeforeDay = asOf,
): Features {
  const tvl = protocol.tvl.filter(({ day }) => day <= asOf).at(-1);
  const categories = protocol.categories.filter(({ day }) => day <= asOf);
  const category = canonicalCategory((categories.at(-1) ?? protocol.categories[0])?.name ?? '');
  const exploits =
    history === undefined ? undefined : exploitsBefore(history, protocol.slug, exploitsBeforeDay);
  return {
    slug: protocol.slug,
    tvl: tvl !== undefined && tvl.usd >= LEAST_TVL ? tvl : undefined,
    category,
    family: categoryFamily(category),
    chains: [...new Set(protocol.chains.map(canonicalChain))],
    listed: protocol.listed !== undefined && protocol.listed <= asOf ? protocol.listed : undefined,
    isExploited: exploits === undefined ? undefined : exploits.length > 0,
    lastExploit: exploits?.at(-1),
    isRelativeExploited:
      history !== undefined && relativesBefore(history, protocol.slug, exploitsBeforeDay) > 0,
    isDead: protocol.deadFrom !== undefined && protocol.deadFrom <= asOf,
    isFork: protocol.isFork,
    audits: protocol.audits,
    oracleCount: protocol.oracleCount,
  };
}

import { isContractCategory } from '../data/categories.ts';
import type { Day } from '../data/day.ts';
import type { IncidentRecord, ProtocolRecord } from '../data/records.ts';
import type { Window } from './age.ts';
import { type Features, featuresOf } from './features.ts';
import type { History } from './history.ts';
import type { Cohort } from './model.ts';

/** The days on which lists were taken, oldest first. */
export function listDays(protocols: readonly ProtocolRecord[]): readonly Day[] {
  const days = new Set(protocols.flatMap(({ tvl, lists }) => [...tvl, ...lists].map(({ day }) => day)));
  return [...days].sort((a, b) => a - b);
}

/** The contract protocols of a list, by the list itself where it says who is in it, else by having a value locked. */
export function membersOf(protocols: readonly ProtocolRecord[], listDay: Day): readonly ProtocolRecord[] {
  return protocols.filter((one) => {
    const said = one.lists.find(({ day }) => day === listDay);
    const isIn = said === undefined ? one.tvl.some(({ day }) => day === listDay) : said.present;
    return isIn && isContractCategory(categoryOn(one, listDay));
  });
}

function categoryOn({ categories }: ProtocolRecord, day: Day): string {
  return (categories.filter((one) => one.day <= day).at(-1) ?? categories[0])?.name ?? '';
}

/**
 * A list followed through a window that starts on its day or later. What is known of its members is as of the start of
 * the window; their value locked is the list's own.
 *
 * A window before the list's day looks back: members are as of the list, which is known on its day, and only their
 * exploits before the window count as earlier ones. Such a cohort holds survivors and is for the first year of a
 * backtest, when there is no follow-up yet.
 */
export function cohortOf(
  protocols: readonly ProtocolRecord[],
  events: readonly IncidentRecord[],
  history: History,
  listDay: Day,
  window: Window,
): Cohort {
  const known = Math.max(window.start, listDay);
  const members: readonly Features[] = membersOf(protocols, listDay).map((one) => {
    const features = featuresOf(one, known, history, window.start);
    // The list's own value counts, even where a later list is known by the start of the window.
    return features.tvl?.day === listDay ? features : { ...features, tvl: ownTvl(one, listDay) };
  });
  return { listDay, window, members, events };
}

function ownTvl({ tvl }: ProtocolRecord, listDay: Day) {
  const own = tvl.find(({ day }) => day === listDay);
  return own !== undefined && own.usd >= 1 ? own : undefined;
}

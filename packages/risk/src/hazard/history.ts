import type { Day } from '../data/day.ts';
import type { IncidentRecord } from '../data/records.ts';

/** Days on which protocols were exploited, by slug, oldest first: every exploit that is recorded, however small. */
export type History = ReadonlyMap<string, readonly Day[]>;

/**
 * The history that incidents tell. Events whose slug was made later count here: whoever looks at a list knows its slugs.
 * Reading it at a day must ignore what is not before that day; `exploitsBefore` does.
 */
export function historyOf(incidents: readonly IncidentRecord[]): History {
  const history = new Map<string, Day[]>();
  for (const { slug, day, isRugPull, isContagion } of incidents) {
    if (slug === undefined || isRugPull || isContagion) continue;
    const days = history.get(slug);
    if (days) days.push(day);
    else history.set(slug, [day]);
  }
  for (const days of history.values()) days.sort((a, b) => a - b);
  return history;
}

/** How often a protocol was exploited before a day. */
export function exploitsBefore(history: History, slug: string, day: Day): number {
  return (history.get(slug) ?? []).filter((one) => one < day).length;
}

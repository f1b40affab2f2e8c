import type { Day } from '../data/day.ts';
import { projectOf } from '../data/project.ts';
import type { IncidentRecord } from '../data/records.ts';

/** Days on which something was exploited, oldest first, by its name. */
type DaysByName = ReadonlyMap<string, readonly Day[]>;

/** Exploits that are recorded, however small, by protocol and by project. */
export type History = { readonly bySlug: DaysByName; readonly byProject: DaysByName };

/**
 * The history that incidents tell. Events whose slug was made later count here: whoever looks at a list knows its slugs.
 * Reading it at a day must ignore what is not before that day; `exploitsBefore` does.
 */
export function historyOf(incidents: readonly IncidentRecord[]): History {
  const bySlug = new Map<string, Day[]>();
  const byProject = new Map<string, Day[]>();
  const exploits = incidents.filter((one) => one.slug !== undefined && !one.isRugPull && !one.isContagion);
  for (const { slug = '', day } of [...exploits].sort((a, b) => a.day - b.day)) {
    append(bySlug, slug, day);
    append(byProject, projectOf(slug), day);
  }
  return { bySlug, byProject };
}

function append(map: Map<string, Day[]>, name: string, day: Day): void {
  const days = map.get(name);
  if (days) days.push(day);
  else map.set(name, [day]);
}

/** Days before a given one on which a protocol was exploited. */
export function exploitsBefore({ bySlug }: History, slug: string, day: Day): readonly Day[] {
  return (bySlug.get(slug) ?? []).filter((one) => one < day);
}

/** Days before a given one on which other protocols of the same project were exploited. */
export function relativesBefore(history: History, slug: string, day: Day): number {
  const all = (history.byProject.get(projectOf(slug)) ?? []).filter((one) => one < day);
  return all.length - exploitsBefore(history, slug, day).length;
}

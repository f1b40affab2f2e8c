import type { Day } from './day.ts';
import type { IncidentRecord } from './records.ts';

/** Several events of one protocol within so many days are one. */
export const MERGE_DAYS = 10;

/**
 * Exploits that count against protocols: with a slug that was there before the event, no rug pulls, no losses passed on.
 * Those of one protocol within ten days of the one before are one, dated by the first, with the largest loss.
 */
export function mergeEvents(incidents: readonly IncidentRecord[]): readonly IncidentRecord[] {
  const counted = incidents.filter(
    (one) => one.slug !== undefined && !one.slugIsLater && !one.isRugPull && !one.isContagion,
  );
  const merged: IncidentRecord[] = [];
  const open = new Map<string, { at: number; last: Day }>();
  for (const one of [...counted].sort((a, b) => a.day - b.day)) {
    const slug = one.slug ?? '';
    const before = open.get(slug);
    const first = before === undefined ? undefined : merged[before.at];
    if (before !== undefined && first !== undefined && one.day - before.last <= MERGE_DAYS) {
      before.last = one.day;
      if (one.lossUsd > first.lossUsd) merged[before.at] = { ...one, day: first.day };
    } else {
      open.set(slug, { at: merged.length, last: one.day });
      merged.push(one);
    }
  }
  return merged;
}

import { canonicalCategory } from '../data/categories.ts';
import { parseDay } from '../data/day.ts';
import type { IncidentRecord, ProtocolRecord } from '../data/records.ts';
import { EXPLOIT_LOSS } from '../hazard/model.ts';
import type { PastIncident } from './stress.ts';

/** A year of the past: its exploits, and how many protocols of each category were exposed. */
export type PastYear = {
  readonly year: number;
  readonly incidents: readonly PastIncident[];
  readonly exposed: ReadonlyMap<string, number>;
};

/**
 * The exploits of a year and who was exposed to them. Rug pulls and losses passed on from another incident are other
 * perils. Where the value at risk was not on record, the usual loss share stands in for losses from 100,000 dollars.
 * @param protocols without them all of a category are taken to have been hit as often as today's would be
 * @param usual mean share of the value that an exploit takes
 */
export function pastYear(
  incidents: readonly IncidentRecord[],
  protocols: readonly ProtocolRecord[],
  year: number,
  usual: number,
): PastYear {
  const [start, end] = [parseDay(`${year}-01-01`) ?? 0, parseDay(`${year + 1}-01-01`) ?? 0];
  const categoryOf = ({ categories }: ProtocolRecord) =>
    canonicalCategory(categories[0]?.name ?? '').toLowerCase();
  const bySlug = new Map(protocols.map((protocol) => [protocol.slug, protocol]));
  const exposed = new Map<string, number>();
  for (const protocol of protocols) {
    const { listed = end, deadFrom = end } = protocol;
    if (listed >= end || deadFrom < start) continue;
    const category = categoryOf(protocol);
    exposed.set(category, (exposed.get(category) ?? 0) + 1);
  }
  return {
    year,
    incidents: incidents.flatMap(
      ({ day, slug, category, lossShare = 0, lossUsd, isRugPull, isContagion }) => {
        if (day < start || day >= end || isRugPull || isContagion) return [];
        const protocol = bySlug.get(slug ?? '');
        const known = category ?? (protocol && categoryOf(protocol));
        if (!known || (lossShare <= 0 && lossUsd < EXPLOIT_LOSS)) return [];
        return [
          { category: canonicalCategory(known).toLowerCase(), lossShare: lossShare > 0 ? lossShare : usual },
        ];
      },
    ),
    exposed,
  };
}

import type { PastIncident } from '@breakwater/risk';
import { parseCsv } from './csv.ts';

/** A year of the past: its exploits with a known loss share, and how many protocols of each category were exposed. */
export type PastYear = {
  readonly year: number;
  readonly incidents: readonly PastIncident[];
  readonly exposed: ReadonlyMap<string, number>;
};

/**
 * A year from CSV files with the columns date, protocol_category, basel, classification, contagion, loss_frac, and
 * category, listed, dead_from. Rug pulls and losses passed on from another incident are other perils.
 * @param protocols left out, all of a category are taken to have been hit as often as today's would be
 */
export function pastYear(incidents: string, protocols: string | undefined, year: number): PastYear {
  const found = parseCsv(incidents).filter(
    ({ date, basel, classification, contagion }) =>
      date?.startsWith(`${year}-`) && basel !== 'IF' && classification !== 'Rugpull' && contagion !== '1',
  );
  const exposed = new Map<string, number>();
  for (const { category = '', listed = '', dead_from: dead = '' } of parseCsv(protocols ?? 'category\n')) {
    const wasListed = listed !== '' && listed < `${year + 1}-01-01`;
    const wasAlive = dead === '' || dead >= `${year}-01-01`;
    const key = category.toLowerCase();
    if (wasListed && wasAlive) exposed.set(key, (exposed.get(key) ?? 0) + 1);
  }
  return {
    year,
    incidents: found.flatMap(({ protocol_category: category = '', loss_frac: share = '' }) =>
      category === '' || share === '' || !(Number(share) > 0)
        ? []
        : [{ category, lossShare: Math.min(1, Number(share)) }],
    ),
    exposed,
  };
}

import type { PastIncident } from '@breakwater/risk';
import { parseCsv } from './csv.ts';

/** Losses below it, dollars, are too small to be on record completely. */
const LEAST_LOSS = 100_000;

/** A year of the past: its exploits, and how many protocols of each category were exposed. */
export type PastYear = {
  readonly year: number;
  readonly incidents: readonly PastIncident[];
  readonly exposed: ReadonlyMap<string, number>;
};

/**
 * A year from CSV files with the columns date, protocol_category, basel, classification, contagion, loss_usd, loss_frac, and
 * category, listed, dead_from. Rug pulls and losses passed on from another incident are other perils. Where the value
 * at risk was not on record, the usual loss share stands in for losses from 100,000 dollars.
 * @param usual mean share of the value that an exploit takes
 * @param protocols left out, all of a category are taken to have been hit as often as today's would be
 */
export function pastYear(
  incidents: string,
  protocols: string | undefined,
  year: number,
  usual: number,
): PastYear {
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
    incidents: found.flatMap((incident) => {
      const { protocol_category: category = '', loss_frac: share = '', loss_usd: loss = '' } = incident;
      const isKnown = Number(share) > 0;
      if (category === '' || (!isKnown && !(Number(loss) >= LEAST_LOSS))) return [];
      return [{ category, lossShare: isKnown ? Math.min(1, Number(share)) : usual }];
    }),
    exposed,
  };
}

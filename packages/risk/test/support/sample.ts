import { formatCsv, formatDay, parseDay } from '../../src/index.ts';
import { pick, type Random, randomOf } from '../../src/statistics/random.ts';

/** Invented records with known effects; nothing in them ever happened. */
export type Sample = { readonly protocols: string; readonly incidents: string };

const categories = ['Lending', 'Dexes', 'Yield', 'Bridge', 'CEX'];
const chains = ['Ethereum', 'Binance', 'Arbitrum', 'Ethereum;Polygon'];

/** True effects: per decade of value locked, of lending, of an earlier exploit, of the run-off a year. */
export const TRUTH = { rate: 0.08, decade: 0.8, lending: 0.9, exploited: 0.8, runOff: 0.3 };

export const LIST_DAY = parseDay('2023-02-18') ?? 0;
export const END = parseDay('2026-02-02') ?? 0;

/** A list of so many protocols and three years of exploits on them, made from a seed. */
export function sampleOf(seed: number, size = 900): Sample {
  const random = randomOf(seed);
  const protocols: (string | number)[][] = [];
  const incidents: (string | number)[][] = [];
  for (let i = 0; i < size; i++) {
    const slug = `protocol-${i}`;
    const category = categories[pick(random, categories.length)] ?? '';
    const decades = 5 + 4 * random();
    const listed = LIST_DAY - 30 - pick(random, 900);
    const isExploited = random() < 0.12;
    if (isExploited) incidents.push(incident(slug, LIST_DAY - 20, 5e5));
    const effect = TRUTH.decade * (decades - 7) + (category === 'Lending' ? TRUTH.lending : 0);
    for (const day of draws(random, TRUTH.rate * Math.exp(effect), isExploited)) {
      incidents.push(incident(slug, day, 10 ** decades * Math.max(0.02, random() ** 3) + 1e5));
    }
    const tvl = Math.round(10 ** decades);
    protocols.push([
      slug,
      slug,
      category,
      category,
      2,
      'False',
      chains[i % 4] ?? '',
      0,
      tvl,
      Math.round(tvl * random()),
      formatDay(listed),
      'listedAt',
      '',
      1,
      1,
    ]);
  }
  const rows = incidents.sort(([a = ''], [b = '']) => (String(a) < String(b) ? -1 : 1));
  return {
    protocols: formatCsv(PROTOCOL_COLUMNS, protocols),
    incidents: formatCsv(INCIDENT_COLUMNS, rows),
  };
}

/** Days of exploits in the follow-up: the rate falls with time, and rises with the first exploit. */
function draws(random: Random, rate: number, isExploited: boolean): number[] {
  const days: number[] = [];
  for (let day = LIST_DAY; day < END; day += 7) {
    const factor = isExploited || days.length > 0 ? Math.exp(TRUTH.exploited) : 1;
    const mean = (7 / 365) * rate * factor * Math.exp((-TRUTH.runOff * (day - LIST_DAY)) / 365);
    if (random() < -Math.expm1(-mean)) days.push(day);
  }
  return days;
}

function incident(slug: string, day: number, loss: number): (string | number)[] {
  return [formatDay(day), slug, 'Ethereum', 'EF', '', 'Invented', Math.round(loss), 0, slug, 'exact', 0];
}

export const PROTOCOL_COLUMNS =
  'slug,name,category,category_2026,audits,forked_from,chains,oracles,tvl_2023,tvl_2026,listed,listed_src,dead_from,in_2023,in_2026'.split(
    ',',
  );
export const INCIDENT_COLUMNS =
  'date,name,chain,basel,classification,technique,loss_usd,recovered_usd,protocol_slug,match_how,contagion'.split(
    ',',
  );

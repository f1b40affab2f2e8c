import { isContractCategory } from '../data/categories.ts';
import { type Day, YEAR_DAYS } from '../data/day.ts';
import type { IncidentRecord, ProtocolRecord } from '../data/records.ts';
import { at } from '../statistics/cholesky.ts';
import { fitPoisson, type Prior } from '../statistics/poisson.ts';
import { AGE_BANDS, type AgeMultipliers } from './age.ts';

/** Half a year: the length of a panel's periods, days. */
const PERIOD = 182.5;

/** Exposure and exploits of all listed protocols in one period and band of age. */
export type PanelCell = {
  readonly period: number;
  readonly band: number;
  readonly years: number;
  events: number;
};

/** Effects that need no value locked, from all protocols with a listing day. */
export type PanelFit = {
  /** Logarithms of the age multipliers, and their standard errors. */
  readonly age: readonly { readonly log: number; readonly se: number }[];
  /** Fall of the rate per listed protocol and year, over the last two years. */
  readonly decline: { readonly value: number; readonly se: number };
  readonly cells: readonly PanelCell[];
};

/**
 * Fits the panel of all listed protocols up to a day: Poisson with a level for each half-year and band of age. Nothing in
 * it depends on which protocols survived, since their values locked are not used.
 * @param from first day; periods are counted back from `to`
 */
export function fitPanel(
  protocols: readonly ProtocolRecord[],
  events: readonly IncidentRecord[],
  { from, to }: { from: Day; to: Day },
): PanelFit {
  const listed = new Map(
    protocols
      .filter((one) => one.listed !== undefined && isContractCategory(one.categories[0]?.name ?? ''))
      .map((one) => [one.slug, one.listed ?? 0]),
  );
  const periods = Math.floor((to - from) / PERIOD);
  const cells = cellsOf([...listed.values()], periods, to);
  for (const { slug, day } of events) {
    const start = listed.get(slug ?? '');
    if (start === undefined || day < start || day >= to) continue;
    const period = Math.floor((to - day - 1e-9) / PERIOD);
    const band = bandOf(day - start);
    const cell = cells.find((one) => one.period === period && one.band === band);
    if (cell) cell.events++;
  }
  const used = cells.filter(({ years }) => years > 0);
  return { ...fitAge(used, periods), ...fitDecline(used), cells: used };
}

function bandOf(age: number): number {
  return AGE_BANDS.filter((end) => age >= end).length;
}

/** Period 0 is the last half-year, counted back. */
function cellsOf(listed: readonly Day[], periods: number, to: Day): PanelCell[] {
  const bands = [0, ...AGE_BANDS, Number.POSITIVE_INFINITY];
  const cells: PanelCell[] = [];
  for (let period = 0; period < periods; period++) {
    const start = to - (period + 1) * PERIOD;
    for (let band = 0; band <= AGE_BANDS.length; band++) {
      let days = 0;
      for (const day of listed) {
        const a = Math.max(start, day + at(bands, band));
        const b = Math.min(start + PERIOD, day + at(bands, band + 1));
        if (b > a) days += b - a;
      }
      cells.push({ period, band, years: days / YEAR_DAYS, events: 0 });
    }
  }
  return cells;
}

function fitAge(cells: readonly PanelCell[], periods: number): Pick<PanelFit, 'age'> {
  const size = 3 + periods - 1;
  const rows = cells.map(({ period, band }) => {
    const row = new Float64Array(size);
    row[0] = 1;
    if (band < 2) row[1 + band] = 1;
    if (period > 0) row[2 + period] = 1;
    return row;
  });
  const fit = fitPoisson(dataOf(cells, rows), priorsOf(size));
  return {
    age: [1, 2].map((i) => ({
      log: at(fit.coefficients, i),
      se: Math.sqrt(at(fit.covariance, i * size + i)),
    })),
  };
}

function fitDecline(cells: readonly PanelCell[]): Pick<PanelFit, 'decline'> {
  const recent = cells.filter(({ period }) => period < 4);
  const rows = recent.map(({ period, band }) => {
    const years = ((period + 0.5) * PERIOD) / YEAR_DAYS;
    return Float64Array.of(1, years, band === 0 ? 1 : 0, band === 1 ? 1 : 0);
  });
  const fit = fitPoisson(dataOf(recent, rows), priorsOf(4));
  return {
    decline: { value: at(fit.coefficients, 1), se: Math.sqrt(at(fit.covariance, 5)) },
  };
}

/** So wide that records decide, and that a panel without exploits is no error. */
function priorsOf(size: number): readonly Prior[] {
  return Array.from({ length: size }, (_, i) => (i === 0 ? { mean: -3.5, sd: 3 } : { mean: 0, sd: 3 }));
}

function dataOf(cells: readonly PanelCell[], rows: readonly Float64Array[]) {
  return {
    rows,
    counts: cells.map(({ events }) => events),
    offsets: cells.map(({ years }) => Math.log(years)),
  };
}

/** The age multipliers of a fitted panel. */
export function ageMultipliers({ age }: Pick<PanelFit, 'age'>): AgeMultipliers {
  return [Math.exp(age[0]?.log ?? 0), Math.exp(age[1]?.log ?? 0)];
}

import { YEAR_DAYS } from '../data/day.ts';
import type { Experience } from '../hazard/credibility.ts';
import { assetCorrelation, describeClustering, periodsOf } from '../hazard/dependence.ts';
import { type Cohort, EXPLOIT_LOSS } from '../hazard/model.ts';
import { at } from '../statistics/cholesky.ts';
import type { RiskParameters } from './parameters.ts';

/** A month, days. */
const MONTH = YEAR_DAYS / 12;

/** The least correlation that prices use: the records cannot exclude it. */
export const CORRELATION_FLOOR = 0.02;

/** Dependence in time of a cohort's exploits: altogether, within chains and within categories. */
export function describeDependence(
  cohort: Cohort,
  expected: readonly number[],
  runOff: number,
  seed: number,
): RiskParameters['dependence'] {
  const place = new Map(cohort.members.map(({ slug }, i) => [slug, i]));
  const exploits = cohort.events.filter(
    ({ slug, day, lossUsd }) =>
      lossUsd >= EXPLOIT_LOSS &&
      day >= cohort.window.start &&
      day < cohort.window.end &&
      place.has(slug ?? ''),
  );
  const months = periodsOf(
    exploits.map(({ day }) => day),
    cohort.window,
    runOff,
    MONTH,
  );
  const monthly = describeClustering(months, seed);
  const monthsCount = months.length;
  const p = expected.reduce((sum, one) => sum + one, 0) / cohort.members.length / monthsCount;
  const within = (labels: (i: number) => readonly string[]): readonly Experience[] => {
    const total = new Map<string, number>();
    for (const i of cohort.members.keys()) {
      for (const label of labels(i)) total.set(label, (total.get(label) ?? 0) + at(expected, i));
    }
    return [...total].sort().flatMap(([label]) => {
      const days = exploits
        .filter(({ slug }) => labels(place.get(slug ?? '') ?? -1).includes(label))
        .map(({ day }) => day);
      // Each group's own total, so that only the timing of its events counts.
      return days.length > 1 ? periodsOf(days, cohort.window, runOff, MONTH) : [];
    });
  };
  return {
    monthly,
    correlation: {
      value: assetCorrelation(monthly.value, p),
      low: assetCorrelation(monthly.low, p),
      high: assetCorrelation(monthly.high, p),
    },
    correlationFloor: CORRELATION_FLOOR,
    byChain: describeClustering(
      within((i) => cohort.members[i]?.chains ?? []),
      seed,
      400,
    ),
    byCategory: describeClustering(
      within((i) => [cohort.members[i]?.category ?? '']),
      seed,
      400,
    ),
  };
}

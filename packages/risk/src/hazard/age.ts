import { type Day, YEAR_DAYS } from '../data/day.ts';

/** Upper ends of the bands of age in which the hazard differs, days since listing. */
export const AGE_BANDS = [91, 183] as const;

/** Hazard in each band of age, relative to protocols listed longer than the last band. */
export type AgeMultipliers = readonly [first: number, second: number];

/** A time within which age and run-off change. */
export type Window = { readonly start: Day; readonly end: Day };

/** How a hazard moves within a window: by age, and by the run-off of a list since its day. */
export type Course = {
  readonly age: AgeMultipliers;
  /** Rate a year at which the hazard of a list's protocols falls after its day. */
  readonly runOff: number;
};

/**
 * Years of a window in units of a grown protocol on the list's day: the integral of the age multiplier times
 * exp(-runOff x years since the list). A protocol without a listing day counts as grown; before it was listed it was
 * exposed to nothing. Never quite zero.
 */
export function effectiveYears(
  { start, end }: Window,
  listed: Day | undefined,
  listDay: Day,
  { age, runOff }: Course,
): number {
  let total = 0;
  for (const [from, to, multiplier] of bandsOf(listed, age)) {
    const a = Math.max(start, from);
    const b = Math.min(end, to);
    if (b > a) total += multiplier * decayed(a - listDay, b - listDay, runOff);
  }
  return Math.max(total, 1e-6);
}

function bandsOf(
  listed: Day | undefined,
  age: AgeMultipliers,
): readonly (readonly [number, number, number])[] {
  const never = Number.POSITIVE_INFINITY;
  if (listed === undefined) return [[-never, never, 1]];
  const [first, second] = AGE_BANDS;
  return [
    [listed, listed + first, age[0]],
    [listed + first, listed + second, age[1]],
    [listed + second, never, 1],
  ];
}

/** Integral of exp(-rate t) between two times, both in days, the result in years. */
function decayed(from: number, to: number, rate: number): number {
  const a = from / YEAR_DAYS;
  const b = to / YEAR_DAYS;
  if (Math.abs(rate) < 1e-9) return b - a;
  return (Math.exp(-rate * a) - Math.exp(-rate * b)) / rate;
}

/** Length of the periods by which the oracle limits how fast a card moves, seconds. */
export const HALF_DAY = 43_200;

/** Values that were in force from a moment on; the first counts as in force ever since. */
export type Publication<T> = { readonly time: number; readonly values: T };

/** Which way caution is: `rate` upwards, `cap` downwards. */
export type Caution = 'rate' | 'cap';

/** Least and most that the oracle accepts next. */
export type Range = { readonly least: number; readonly most: number };

/**
 * How far a field may move in a publication at a moment.
 *
 * Source: `CardLimits`. Of each of the four newest half-days the boldest value in force counts.
 * @param history the field's publications, oldest first, not empty; of those before the third half-day back the last
 * suffices
 * @param time of the publication, seconds
 */
export function moveRange(history: readonly Publication<number>[], caution: Caution, time: number): Range {
  const current = history.at(-1)?.values ?? 0;
  const newest = Math.floor(time / HALF_DAY);
  const bold = [0, 1, 2, 3].map((i) => boldestOf(history, caution, newest - i));
  const pick = caution === 'rate' ? Math.min : Math.max;
  const recent = pick(...bold.slice(0, 3));
  const old = bold[3] ?? current;
  return caution === 'rate'
    ? { least: Math.min(current, Math.floor((old + 1) / 2)), most: 4 * recent }
    : { least: Math.floor((recent + 3) / 4), most: Math.max(current, 2 * old) };
}

/** The least cautious value in force at any time of a half-day. */
function boldestOf(history: readonly Publication<number>[], caution: Caution, halfDay: number): number {
  const [start, end] = [halfDay * HALF_DAY, (halfDay + 1) * HALF_DAY];
  const before = history.filter(({ time }) => time < start).at(-1) ?? history[0];
  const during = history.filter(({ time }) => time >= start && time < end);
  const values = [before, ...during].map((each) => each?.values ?? 0);
  return caution === 'rate' ? Math.min(...values) : Math.max(...values);
}

/** A value as near to what is wanted as the oracle accepts now. */
export function stepTowards(wanted: number, { least, most }: Range): number {
  return Math.min(most, Math.max(least, wanted));
}

/** Fields of a card that move under limits, and which way caution is. */
export type Cautions<T> = { readonly [K in keyof T]: Caution };

export const marketCautions = {
  el: 'rate',
  v: 'rate',
  w0: 'rate',
  w1: 'rate',
  w2: 'rate',
  w3: 'rate',
  maxShare: 'cap',
  maxCover: 'cap',
} as const;
export const groupCautions = { s: 'rate', cap: 'cap' } as const;
export const poolCautions = { z: 'rate', elSenior: 'rate' } as const;

/** elSenior below it moves freely, basis points. */
export const SMALL_SENIOR_EL = 10;

/**
 * The next card on the way to the one that is wanted: each field as far as it may move at a moment.
 * @param history what was published, oldest first; empty for a first card, which is free
 * @param least of the bounds, below which a limit counts from the bound instead: `elSenior` alone has such a floor
 */
export function nextValues<T extends Readonly<Record<string, number>>>(
  wanted: T,
  history: readonly Publication<T>[],
  cautions: Cautions<T>,
  time: number,
): { readonly values: T; readonly reached: boolean } {
  if (history.length === 0) return { values: wanted, reached: true };
  const entries = Object.keys(cautions).map((field) => {
    const floor = field === 'elSenior' ? SMALL_SENIOR_EL : 0;
    const floored = (value: number) => Math.max(floor, value);
    const of = history.map((each) => ({ time: each.time, values: floored(each.values[field] ?? 0) }));
    const aim = wanted[field] ?? 0;
    const caution = cautions[field as keyof T] as Caution;
    const stepped = stepTowards(floored(aim), moveRange(of, caution, time));
    return [field, stepped === floor ? Math.min(aim, floor) : stepped] as const;
  });
  const values = Object.fromEntries(entries) as unknown as T;
  return { values, reached: entries.every(([field, value]) => value === wanted[field]) };
}

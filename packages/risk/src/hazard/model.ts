import { type Day, YEAR_DAYS } from '../data/day.ts';
import type { IncidentRecord } from '../data/records.ts';
import { at } from '../statistics/cholesky.ts';
import { fitPoisson, type PoissonFit } from '../statistics/poisson.ts';
import { type Course, effectiveYears, type Window } from './age.ts';
import type { Features } from './features.ts';
import {
  type ModelKind,
  type Scales,
  sizeTermCount,
  type Terms,
  termsOf,
  termValue,
  type Variation,
} from './terms.ts';

/** Loss from which an exploit counts, USD. */
export const EXPLOIT_LOSS = 100_000;

/** Loss from which an exploit teaches what kind of protocol is exploited, USD. */
export const LESSON_LOSS = 10_000;

/** A fitted hazard: logarithm of exploits a year of a grown protocol on its list's day. */
export type HazardModel = {
  readonly terms: Terms;
  readonly scales: Scales;
  readonly coefficients: readonly number[];
  /** Row by row, in the terms' order. */
  readonly covariance: readonly number[];
  readonly course: Course;
  /** Value of the term `exploited` that stands for not knowing: the list's events in total stay the same with it. */
  readonly exploitedUnknown: number;
  readonly logEvidence: number;
};

/** Protocols of one list with what was known at its day, and what happened to them afterwards. */
export type Cohort = {
  readonly listDay: Day;
  readonly window: Window;
  readonly members: readonly Features[];
  /** Events within the window, of any size. */
  readonly events: readonly IncidentRecord[];
};

/** Exploits of each member within the cohort's window that lost at least so much. */
export function countEvents({ members, events, window }: Cohort, leastLoss: number): readonly number[] {
  const counts = new Map<string, number>();
  for (const { slug, day, lossUsd } of events) {
    if (slug === undefined || lossUsd < leastLoss || day < window.start || day >= window.end) continue;
    counts.set(slug, (counts.get(slug) ?? 0) + 1);
  }
  return members.map(({ slug }) => counts.get(slug) ?? 0);
}

/**
 * Fits the hazard on a cohort. The full model learns what kind of protocol is exploited from losses of $10k and more; its
 * level and its effect of size are then those of losses of $100k and more.
 */
export function fitHazard(
  cohort: Cohort,
  kind: ModelKind,
  course: Course,
  scales: Scales,
  variation: Variation = {},
): HazardModel {
  const terms = termsOf(kind, cohort.members, scales, variation);
  const spells = spellsOf(cohort);
  const rows = spells.map(({ one }) => rowOf(terms, one, cohort.window.start));
  const offsets = spells.map(({ one, window }) =>
    Math.log(effectiveYears(window, ageCourse(kind, one), cohort.listDay, course)),
  );
  const countsFrom = (leastLoss: number) => spells.map((spell) => countIn(spell, leastLoss));
  const first = fitPoisson(
    { rows, counts: countsFrom(kind === 'full' ? LESSON_LOSS : EXPLOIT_LOSS), offsets },
    terms.priors,
  );
  const fitted =
    kind === 'full' ? withSize(first, terms, rows, countsFrom(EXPLOIT_LOSS), offsets) : plain(first);
  return {
    terms,
    scales,
    course,
    exploitedUnknown: unknownValue(terms, fitted.coefficients, rows, offsets),
    logEvidence: first.logEvidence,
    ...fitted,
  };
}

/** A part of the follow-up of a member in which it was, or was not, exploited before. */
type Spell = { readonly one: Features; readonly window: Window; readonly events: readonly IncidentRecord[] };

/**
 * The window of every member, cut where it is exploited for the first time: from the day after it counts as exploited
 * before. Without the cut a model that is used later would count the effect twice.
 */
function spellsOf({ members, events, window }: Cohort): readonly Spell[] {
  const bySlug = Map.groupBy(
    events.filter(({ day }) => day >= window.start && day < window.end),
    ({ slug }) => slug ?? '',
  );
  return members.flatMap((one): readonly Spell[] => {
    const own = bySlug.get(one.slug) ?? [];
    const first = Math.min(...own.map(({ day }) => day));
    const cut = first + 1;
    if (one.isExploited !== false || own.length === 0 || cut >= window.end)
      return [{ one, window, events: own }];
    const later = own.filter(({ day }) => day >= cut);
    return [
      { one, window: { start: window.start, end: cut }, events: own.filter(({ day }) => day < cut) },
      {
        one: { ...one, isExploited: true, lastExploit: first },
        window: { start: cut, end: window.end },
        events: later,
      },
    ];
  });
}

function countIn({ events }: Spell, leastLoss: number): number {
  return events.filter(({ lossUsd }) => lossUsd >= leastLoss).length;
}

function plain(fit: PoissonFit) {
  return { coefficients: [...fit.coefficients], covariance: [...fit.covariance] };
}

/** The baseline has its own terms of age. */
function ageCourse(kind: ModelKind, one: Features): Day | undefined {
  return kind === 'full' ? one.listed : undefined;
}

function rowOf(terms: Terms, one: Features, start: Day): Float64Array {
  return Float64Array.from(terms.names, (name) => termValue(name, one, start));
}

/** Fits level and size anew on other counts, with everything else as it is. */
function withSize(
  fit: PoissonFit,
  terms: Terms,
  rows: readonly Float64Array[],
  counts: readonly number[],
  offsets: readonly number[],
): { coefficients: number[]; covariance: number[] } {
  const size = sizeTermCount(terms);
  const rest = rows.map((row, i) => {
    let sum = at(offsets, i);
    for (let k = size; k < row.length; k++) sum += at(row, k) * at(fit.coefficients, k);
    return sum;
  });
  const own = rows.map((row) => row.slice(0, size));
  const second = fitPoisson({ rows: own, counts, offsets: rest }, terms.priors.slice(0, size));
  const all = terms.names.length;
  // Level and size are correlated with the rest as in the first fit, at their own new errors.
  const scale = terms.names.map((_, k) =>
    k < size ? Math.sqrt(at(second.covariance, k * size + k) / at(fit.covariance, k * all + k)) : 1,
  );
  const stretch = scale.map((one) => Math.max(1, one));
  return {
    coefficients: terms.names.map((_, k) => at(k < size ? second.coefficients : fit.coefficients, k)),
    covariance: [...fit.covariance].map(
      (value, i) => value * at(stretch, Math.floor(i / all)) * at(stretch, i % all),
    ),
  };
}

/** What a model says of a protocol. */
export type Prediction = {
  /** Expected exploits within the window; after a first one the hazard is that of an exploited protocol. */
  readonly expected: number;
  /** Integral of the hazard until a first exploit: the probability of one is 1 - exp(-untilFirst). */
  readonly untilFirst: number;
  /** Standard error of its logarithm from the coefficients and the run-off. */
  readonly logSe: number;
};

/**
 * Expected exploits of a protocol within a window. Where it is not known whether it was exploited before, the average
 * over the fitted list stands for it.
 * @param listDay day of the list that its value locked is from
 */
export function predict(
  model: HazardModel,
  one: Features,
  window: Window,
  listDay: Day,
  runOffSe = 0,
): Prediction {
  const { terms, coefficients, covariance, course } = model;
  const row = Float64Array.from(terms.names, (name) => {
    if (name === 'exploited' && one.isExploited === undefined) return model.exploitedUnknown;
    return termValue(name, one, window.start);
  });
  const log = row.reduce((sum, value, k) => sum + value * at(coefficients, k), 0);
  let variance = 0;
  for (const [a, value] of row.entries()) {
    if (value === 0) continue;
    for (const [b, other] of row.entries()) {
      if (other !== 0) variance += value * other * at(covariance, a * row.length + b);
    }
  }
  const middle = ((window.start + window.end) / 2 - listDay) / YEAR_DAYS;
  const years = effectiveYears(window, ageCourse(terms.kind, one), listDay, course);
  const untilFirst = Math.exp(log) * years;
  return {
    untilFirst,
    expected: one.isExploited === false ? withRepeats(untilFirst, exploitedFactor(model)) : untilFirst,
    logSe: Math.sqrt(Math.max(0, variance) + (runOffSe * middle) ** 2),
  };
}

function exploitedFactor({ terms, coefficients }: HazardModel): number {
  const k = terms.names.indexOf('exploited');
  return k < 0 ? 1 : Math.exp(at(coefficients, k));
}

/** Expected exploits where the hazard is multiplied from the first one on: its time is exponential. */
function withRepeats(untilFirst: number, factor: number): number {
  const first = -Math.expm1(-untilFirst);
  return first + factor * (untilFirst - first);
}

/** Value of the term `exploited` at which the list expects as many events as with what is known. */
function unknownValue(
  { names }: Terms,
  coefficients: readonly number[],
  rows: readonly Float64Array[],
  offsets: readonly number[],
): number {
  const k = names.indexOf('exploited');
  const effect = k < 0 ? 0 : at(coefficients, k);
  if (Math.abs(effect) < 1e-9) return 0;
  let known = 0;
  let unknown = 0;
  for (const [i, row] of rows.entries()) {
    const log = row.reduce((sum, value, j) => sum + value * at(coefficients, j), at(offsets, i));
    known += Math.exp(log);
    unknown += Math.exp(log - effect * at(row, k));
  }
  return Math.log(known / unknown) / effect;
}

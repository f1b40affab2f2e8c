import { type Day, formatDay, YEAR_DAYS } from '../data/day.ts';
import { DataError } from '../data/errors.ts';
import { mergeEvents } from '../data/events.ts';
import type { IncidentRecord, ProtocolRecord } from '../data/records.ts';
import { cohortOf, listDays } from '../hazard/cohort.ts';
import { courseOf } from '../hazard/course.ts';
import { credibilityYears, describeStructuralVariance, experienceOf } from '../hazard/credibility.ts';
import { historyOf } from '../hazard/history.ts';
import { type Level, laterLevel } from '../hazard/level.ts';
import { type Cohort, countEvents, EXPLOIT_LOSS, fitHazard, LESSON_LOSS, predict } from '../hazard/model.ts';
import { chooseScales } from '../hazard/scales.ts';
import { at } from '../statistics/cholesky.ts';
import { describeDependence } from './dependence.ts';
import { figuresOf, LARGE } from './figures.ts';
import { type Input, MODEL_VERSION, type RiskParameters } from './parameters.ts';
import { rounded } from './serialise.ts';
import { describeSeverity } from './severity.ts';

/** What a fit is made of. */
export type FitInputs = {
  readonly protocols: readonly ProtocolRecord[];
  readonly incidents: readonly IncidentRecord[];
  /** Records later than this day are left aside. */
  readonly asOf: Day;
  readonly engine: string;
  readonly inputs: { readonly incidents: Input; readonly protocols: Input };
  /** Of every resampling; the same seed gives the same parameters. */
  readonly seed?: number;
  readonly progress?: (line: string) => void;
};

/** Least follow-up to learn from, years; a shorter one is replaced by the year before the list. */
const LEAST_FOLLOW_UP = 0.5;

/**
 * Fits everything that prices and scores need, from what was known on a day.
 * @throws DataError where no list is old enough, or nothing happened to its protocols
 */
export function fitRisk(given: FitInputs): RiskParameters {
  const { asOf, seed = 1, progress = () => {} } = given;
  const { incidents, protocols } = inOrder(given);
  const events = mergeEvents(incidents);
  const history = historyOf(incidents);
  const days = listDays(protocols).filter((day) => day <= asOf);
  const listDay = days[0];
  if (listDay === undefined) {
    throw new DataError(
      `No list of protocols is from ${formatDay(asOf)} or before: give an older list, or a later day.`,
    );
  }
  const isRetrospective = asOf - listDay < LEAST_FOLLOW_UP * YEAR_DAYS;
  const window = isRetrospective
    ? { start: listDay - YEAR_DAYS, end: listDay }
    : { start: listDay, end: asOf };
  const cohort = cohortOf(protocols, events, history, listDay, window);
  const counts = countEvents(cohort, EXPLOIT_LOSS);
  const total = counts.reduce((sum, one) => sum + one, 0);
  if (total < 5) {
    throw new DataError(
      `Only ${total} exploits of ${cohort.members.length} protocols fall in the follow-up from ${formatDay(window.start)} to ${formatDay(window.end)}: join more incidents to the list's slugs.`,
    );
  }
  progress(
    `Fitting ${total} exploits of ${cohort.members.length} protocols, ${formatDay(window.start)} to ${formatDay(window.end)}`,
  );
  const { course, panel, runOff } = courseOf(protocols, cohort);
  progress('Choosing how far small groups are shrunk');
  const scales = chooseScales(cohort, 'full', course);
  const model = fitHazard(cohort, 'full', course, scales);
  const levels: Level[] = [{ day: listDay, log: 0, se: 0 }];
  const diagnostics: Record<string, number> = {};
  const later = days.at(-1);
  if (later !== undefined && later > listDay + YEAR_DAYS) {
    const { day, log, se, byForecast, byLookingBack } = laterLevel(
      { protocols: protocols, events, history, model, panel },
      listDay,
      later,
    );
    levels.push({ day, log, se });
    diagnostics.laterLevelByForecast = byForecast.log;
    diagnostics.laterLevelByForecastSe = byForecast.se;
    diagnostics.laterLevelByLookingBack = byLookingBack.log;
    diagnostics.laterLevelByLookingBackSe = byLookingBack.se;
  }
  progress('Drawing intervals');
  const expected = expectedOf(cohort, model);
  const structural = describeStructuralVariance(experienceOf(expected, counts), seed);
  const large = cohort.members.flatMap((one, i) => ((one.tvl?.usd ?? 0) >= LARGE ? [i] : []));
  const largeRate =
    large.reduce((sum, i) => sum + at(expected, i), 0) /
    large.length /
    ((window.end - window.start) / YEAR_DAYS);
  const severity = describeSeverity(incidents, cohort, seed);
  const size = model.terms.names.length;
  return rounded({
    model: MODEL_VERSION,
    provenance: {
      engine: given.engine,
      asOf: formatDay(asOf),
      listDay: formatDay(listDay),
      followUp: { start: formatDay(window.start), end: formatDay(window.end) },
      inputs: given.inputs,
    },
    hazard: {
      terms: model.terms.names,
      coefficients: model.coefficients,
      covariance: Array.from({ length: size }, (_, i) => model.covariance.slice(i * size, i * size + i + 1)),
      scales,
      exploitedUnknown: model.exploitedUnknown,
      age: [ageEstimate(panel.age[0]), ageEstimate(panel.age[1])],
      runOff,
      levels,
      structuralVariance: structural,
      credibilityYears: credibilityYears(structural.value, largeRate),
    },
    severity,
    dependence: describeDependence(cohort, expected, runOff.value, seed),
    figures: figuresOf(cohort, course, severity, seed),
    diagnostics: {
      ...diagnostics,
      protocols: cohort.members.length,
      exploits: total,
      lessons: countEvents(cohort, LESSON_LOSS).reduce((sum, one) => sum + one, 0),
      largeProtocols: large.length,
      largeExploits: large.reduce((sum, i) => sum + at(counts, i), 0),
      expectedOverSeen: expected.reduce((sum, one) => sum + one, 0) / total,
      logEvidence: model.logEvidence,
      panelDecline: panel.decline.value,
      panelDeclineSe: panel.decline.se,
      isRetrospective: isRetrospective ? 1 : 0,
    },
  });
}

/** Records in an order that does not depend on their file's, so that sums and draws come out the same. */
function inOrder({ incidents, protocols, asOf }: FitInputs) {
  const key = ({ slug, name, lossUsd }: IncidentRecord) => `${slug ?? ''} ${name} ${lossUsd}`;
  return {
    incidents: incidents
      .filter(({ day }) => day < asOf)
      .sort((a, b) => a.day - b.day || (key(a) < key(b) ? -1 : 1)),
    protocols: [...protocols].sort((a, b) => (a.slug < b.slug ? -1 : 1)),
  };
}

function expectedOf(cohort: Cohort, model: ReturnType<typeof fitHazard>): readonly number[] {
  return cohort.members.map((one) => predict(model, one, cohort.window, cohort.listDay).expected);
}

function ageEstimate(effect: { log: number; se: number } | undefined) {
  const { log, se } = effect ?? { log: 0, se: 0 };
  return { value: Math.exp(log), low: Math.exp(log - 1.96 * se), high: Math.exp(log + 1.96 * se) };
}

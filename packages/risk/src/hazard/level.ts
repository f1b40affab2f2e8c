import { isContractCategory } from '../data/categories.ts';
import { type Day, YEAR_DAYS } from '../data/day.ts';
import type { IncidentRecord, ProtocolRecord } from '../data/records.ts';
import { sum } from '../statistics/summary.ts';
import { cohortOf, membersOf } from './cohort.ts';
import { featuresOf } from './features.ts';
import type { History } from './history.ts';
import { countEvents, EXPLOIT_LOSS, type HazardModel, predict } from './model.ts';
import type { PanelFit } from './panel.ts';

/** Level of the hazard on a list's day, relative to the fitted list: logarithm and its standard error. */
export type Level = { readonly day: Day; readonly log: number; readonly se: number };

type LogEstimate = { readonly log: number; readonly se: number };

/** What of one year's rate cannot be known for the next: years differ by more than chance. */
const BETWEEN_YEARS = 0.2;

/** Value locked from which a list is looked back on, USD. */
const LARGE = 1_000_000;

/** What levels are computed from. */
export type LevelInputs = {
  readonly protocols: readonly ProtocolRecord[];
  readonly events: readonly IncidentRecord[];
  readonly history: History;
  readonly model: HazardModel;
  readonly panel: PanelFit;
};

/**
 * Level on the day of a later list, from which nothing has been followed up yet: the mean of two estimates, weighted by
 * their precision. Both use only what is known on that day.
 */
export function laterLevel(inputs: LevelInputs, firstList: Day, laterList: Day) {
  const byForecast = levelByForecast(inputs, laterList);
  const byLookingBack = levelByLookingBack(inputs, firstList, laterList);
  const [a, b] = [byForecast.se ** -2, byLookingBack.se ** -2];
  return {
    day: laterList,
    log: (a * byForecast.log + b * byLookingBack.log) / (a + b),
    // Both look at last year's events: together they know little more than either.
    se: Math.min(byForecast.se, byLookingBack.se),
    byForecast,
    byLookingBack,
  };
}

/**
 * By how many exploits are to be expected in the year after the list: last year's rate on protocols that had been listed
 * a year ago, moved on by the panel's decline, times how many are listed now; against what the model expects of these.
 */
function levelByForecast(
  { protocols, events, history, model, panel }: LevelInputs,
  listDay: Day,
): LogEstimate {
  const yearAgo = listDay - YEAR_DAYS;
  const isContract = ({ categories }: ProtocolRecord) => isContractCategory(categories.at(-1)?.name ?? '');
  const listedBy = (day: Day) =>
    protocols.filter((one) => isContract(one) && one.listed !== undefined && one.listed <= day);
  const exposed = new Set(listedBy(yearAgo).map(({ slug }) => slug));
  const seen = events.filter(
    ({ slug, day, lossUsd }) =>
      day >= yearAgo && day < listDay && lossUsd >= EXPLOIT_LOSS && exposed.has(slug ?? ''),
  ).length;
  const listed = listedBy(listDay);
  const decline = Math.min(0.5, Math.max(0, panel.decline.value));
  const forecast = (seen / Math.max(1, exposed.size)) * Math.exp(-decline) * listed.length;
  const inList = new Set(membersOf(protocols, listDay).map(({ slug }) => slug));
  const window = { start: listDay, end: listDay + YEAR_DAYS };
  const modelled = sum(
    listed
      .filter(({ slug }) => inList.has(slug))
      .map((one) => predict(model, featuresOf(one, listDay, history), window, listDay).expected),
  );
  return {
    log: Math.log(Math.max(forecast, 0.5) / Math.max(modelled, 1e-9)),
    se: Math.hypot(1 / Math.sqrt(Math.max(1, seen)), panel.decline.se, BETWEEN_YEARS),
  };
}

/**
 * By the year before the list against the year before the first one, each relative to what the model expects of the
 * list's large protocols. Values locked on the list's day are lower for who was robbed in the year before it: a bias that
 * both years share.
 */
function levelByLookingBack(inputs: LevelInputs, firstList: Day, laterList: Day): LogEstimate {
  const first = lookBack(inputs, firstList);
  const later = lookBack(inputs, laterList);
  const log = (one: typeof first) => Math.log(Math.max(one.seen, 0.5) / Math.max(one.expected, 1e-9));
  return {
    log: log(later) - log(first),
    se: Math.hypot(
      1 / Math.sqrt(Math.max(1, first.seen)),
      1 / Math.sqrt(Math.max(1, later.seen)),
      BETWEEN_YEARS,
    ),
  };
}

function lookBack({ protocols, events, history, model }: LevelInputs, listDay: Day) {
  const window = { start: listDay - YEAR_DAYS, end: listDay };
  const cohort = cohortOf(protocols, events, history, listDay, window);
  const members = cohort.members.filter(
    ({ tvl, listed }) => (tvl?.usd ?? 0) >= LARGE && listed !== undefined,
  );
  return {
    seen: sum(countEvents({ ...cohort, members }, EXPLOIT_LOSS)),
    expected: sum(members.map((one) => predict(model, one, window, listDay).expected)),
  };
}

/** Level on a day: straight between the lists' days, and as on the first or last of them outside. */
export function levelOn(levels: readonly Level[], day: Day): Level {
  const after = levels.find((level) => level.day >= day);
  const before = levels.filter((level) => level.day <= day).at(-1);
  if (after === undefined || before === undefined) return { ...(after ?? before ?? { log: 0, se: 0 }), day };
  if (after.day === before.day) return { ...before, day };
  const share = (day - before.day) / (after.day - before.day);
  const mix = (a: number, b: number) => a + share * (b - a);
  return { day, log: mix(before.log, after.log), se: mix(before.se, after.se) };
}

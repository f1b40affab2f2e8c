import { type Day, YEAR_DAYS } from '../data/day.ts';
import type { ProtocolRecord } from '../data/records.ts';
import { modelOf, type RiskParameters } from '../fit/parameters.ts';
import type { Window } from '../hazard/age.ts';
import { type Features, featuresOf } from '../hazard/features.ts';
import type { History } from '../hazard/history.ts';
import { type Level, levelOn } from '../hazard/level.ts';
import { type HazardModel, type Prediction, predict } from '../hazard/model.ts';

/** What is scored, and as of when. */
export type ListInputs = {
  readonly protocols: readonly ProtocolRecord[];
  readonly parameters: RiskParameters;
  readonly asOf: Day;
  /** Exploits before the day, where incidents were given; later ones are not looked at. */
  readonly history?: History | undefined;
};

/** The hazard of a protocol over a time, before the level of its list's day. */
export type ProtocolHazard = {
  readonly features: Features;
  readonly window: Window;
  readonly listDay: Day;
  readonly level: Level;
  readonly prediction: Prediction;
};

/**
 * The hazard of any protocol from a day on. Nothing that became known after the day takes part.
 * @param years horizon
 * @returns a function of a protocol, and of a value locked that replaces the list's, USD
 */
export function hazardOf(
  { parameters, asOf, history }: Omit<ListInputs, 'protocols'>,
  years: number,
): (protocol: ProtocolRecord, usd?: number) => ProtocolHazard & { readonly model: HazardModel } {
  const model = modelOf(parameters);
  const { runOff, levels } = parameters.hazard;
  const window = { start: asOf, end: asOf + years * YEAR_DAYS };
  return (protocol, usd) => {
    const listed = featuresOf(protocol, asOf, history);
    // Without a value locked the list is of the day itself.
    const listDay = listed.tvl?.day ?? listDayOf(protocol, asOf);
    const features = usd === undefined ? listed : { ...listed, tvl: { day: listDay, usd } };
    const prediction = predict(model, features, window, listDay, runOff.se);
    return { model, features, window, listDay, level: levelOn(levels, listDay), prediction };
  };
}

function listDayOf({ lists, tvl }: ProtocolRecord, asOf: Day): Day {
  return Math.max(0, ...[...lists, ...tvl].map(({ day }) => day).filter((day) => day <= asOf)) || asOf;
}

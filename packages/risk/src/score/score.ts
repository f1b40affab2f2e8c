import { isContractCategory } from '../data/categories.ts';
import { formatCsv } from '../data/csv.ts';
import { type Day, formatDay, YEAR_DAYS } from '../data/day.ts';
import type { ProtocolRecord } from '../data/records.ts';
import { modelOf, type RiskParameters } from '../fit/parameters.ts';
import { featuresOf } from '../hazard/features.ts';
import type { History } from '../hazard/history.ts';
import { levelOn } from '../hazard/level.ts';
import { predict } from '../hazard/model.ts';
import { reasonsOf } from './reasons.ts';

/** Probability that a protocol is exploited (a loss of $100k or more) within a horizon. */
export type Score = {
  readonly slug: string;
  readonly probability: number;
  /** Bounds of the 90 % interval of the probability itself. */
  readonly lower: number;
  readonly upper: number;
  /** Expected exploits within the horizon. */
  readonly expected: number;
  /** What moved it most, each with its factor. */
  readonly reasons: readonly string[];
};

/** What is scored, and as of when. */
export type ScoreInputs = {
  readonly protocols: readonly ProtocolRecord[];
  readonly parameters: RiskParameters;
  readonly asOf: Day;
  /** Years. */
  readonly horizon: number;
  /** Exploits before the day, where incidents were given; later ones are not looked at. */
  readonly history?: History | undefined;
};

/** 95 % quantile of the standard normal distribution: half of a 90 % interval. */
const Z90 = 1.6449;

/** Scores every protocol of a list, in its order. Nothing that became known after the day takes part. */
export function scoreProtocols({
  protocols,
  parameters,
  asOf,
  horizon,
  history,
}: ScoreInputs): readonly Score[] {
  const model = modelOf(parameters);
  const { runOff, levels, structuralVariance } = parameters.hazard;
  const window = { start: asOf, end: asOf + horizon * YEAR_DAYS };
  return protocols.map((protocol) => {
    const features = featuresOf(protocol, asOf, history);
    // Without a value locked the list is of the day itself.
    const listDay = features.tvl?.day ?? listDayOf(protocol, asOf);
    const level = levelOn(levels, listDay);
    const { expected, untilFirst, logSe } = predict(model, features, window, listDay, runOff.se);
    const mean = untilFirst * Math.exp(level.log);
    const se = Math.hypot(logSe, level.se);
    const probability = (rate: number) => atLeastOne(rate, structuralVariance.value);
    return {
      slug: protocol.slug,
      probability: probability(mean),
      lower: probability(mean * Math.exp(-Z90 * se)),
      upper: probability(mean * Math.exp(Z90 * se)),
      expected: expected * Math.exp(level.log),
      reasons: [
        ...reasonsOf(model, features, window.start),
        `level x${Math.exp(level.log).toFixed(2)} on ${formatDay(listDay)}`,
        ...(isContractCategory(features.category)
          ? []
          : ['not a contract category: outside the fitted lists']),
      ],
    };
  });
}

function listDayOf({ lists, tvl }: ProtocolRecord, asOf: Day): Day {
  return Math.max(0, ...[...lists, ...tvl].map(({ day }) => day).filter((day) => day <= asOf)) || asOf;
}

/** Probability of at least one event where protocols differ by a gamma factor of mean 1 and such a variance. */
export function atLeastOne(mean: number, variance: number): number {
  if (variance < 1e-9) return -Math.expm1(-mean);
  return -Math.expm1(-Math.log1p(variance * mean) / variance);
}

/** Scores as CSV: slug, probability, lower, upper, reasons. */
export function formatScores(scores: readonly Score[]): string {
  return formatCsv(
    ['slug', 'probability', 'lower', 'upper', 'reasons'],
    scores.map(({ slug, probability, lower, upper, reasons }) => [
      slug,
      probability.toFixed(6),
      lower.toFixed(6),
      upper.toFixed(6),
      reasons.join('; '),
    ]),
  );
}

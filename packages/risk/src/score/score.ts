import { isContractCategory } from '../data/categories.ts';
import { formatCsv } from '../data/csv.ts';
import { formatDay } from '../data/day.ts';
import { hazardOf, type ListInputs } from './hazardOf.ts';
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

/** What is scored, and for how long. */
export type ScoreInputs = ListInputs & {
  /** Years. */
  readonly horizon: number;
};

/** 95 % quantile of the standard normal distribution: half of a 90 % interval. */
const Z90 = 1.6449;

/** Scores every protocol of a list, in its order. Nothing that became known after the day takes part. */
export function scoreProtocols({ horizon, ...list }: ScoreInputs): readonly Score[] {
  const hazard = hazardOf(list, horizon);
  const { structuralVariance } = list.parameters.hazard;
  return list.protocols.map((protocol) => {
    const { model, features, window, listDay, level, prediction } = hazard(protocol);
    const { expected, untilFirst, logSe } = prediction;
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

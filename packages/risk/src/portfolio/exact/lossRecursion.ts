import { normalQuantile } from '../../statistics/normal.ts';
import { conditionalFailure } from '../factor.ts';
import { meanOf } from '../severityLaw.ts';
import type { Portfolio, SeverityLaw } from '../types.ts';

/** Chances of losses of 0, 1, 2 ... steps; the last one is of all that is more. */
export type LossDistribution = { readonly step: number; readonly chances: Float64Array };

/**
 * Distribution of a portfolio's loss without groups, by the recursion of Andersen, Sidenius and Basu: given the factor,
 * one name after the other is folded in. Deterministic; severities are put on the grid with their means kept.
 * @param step of the grid, in the portfolio's unit
 * @param length of the grid: what is more is lumped into its last point
 * @throws RangeError for a portfolio with groups, or at full correlation
 */
export function lossRecursion(portfolio: Portfolio, step: number, length: number): LossDistribution {
  const { names, groups, severities, correlation } = portfolio;
  if (groups.length > 0) throw new RangeError('The recursion is for portfolios without shock groups.');
  if (correlation >= 1) throw new RangeError('The recursion is for correlations below 1.');
  const laws = names.map(({ cover, deductible, severity }) =>
    onGrid(severities[severity] ?? [], cover * (1 - deductible), step),
  );
  const thresholds = names.map(({ failure }) => normalQuantile(failure));
  const chances = new Float64Array(length);
  for (const { factor, weight } of nodesOf(correlation)) {
    let given = new Float64Array(length);
    given[0] = 1;
    // The most that the names so far can lose: nothing beyond it has a chance.
    let reach = 0;
    names.forEach(({ failure }, i) => {
      const chance =
        correlation === 0 ? failure : conditionalFailure(thresholds[i] ?? 0, correlation, factor);
      const law = laws[i] as Float64Array;
      given = fold(given, reach, chance, law);
      reach = Math.min(length - 1, reach + law.length - 1);
    });
    for (let k = 0; k < length; k++) chances[k] = (chances[k] ?? 0) + weight * (given[k] ?? 0);
  }
  return { step, chances };
}

/** Simpson over the factor from -6 to 6, finer where failures hang steeply on it. */
function nodesOf(correlation: number): { factor: number; weight: number }[] {
  if (correlation === 0) return [{ factor: 0, weight: 1 }];
  const steps = 48 * Math.ceil(Math.max(1, Math.sqrt(correlation / (1 - correlation))));
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const factor = -6 + (12 * i) / steps;
    return { factor, weight: Math.exp((-factor * factor) / 2) * (i % 2 === 0 ? 2 : 4) };
  });
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return points.map(({ factor, weight }) => ({ factor, weight: weight / total }));
}

/** Folds in a name that fails with a chance and then loses by a law. */
function fold(
  given: Float64Array,
  reach: number,
  chance: number,
  law: Float64Array,
): Float64Array<ArrayBuffer> {
  const last = given.length - 1;
  const next = new Float64Array(given.length);
  for (let k = 0; k <= reach; k++) {
    const now = given[k] as number;
    if (now === 0) continue;
    next[k] = (next[k] as number) + now * (1 - chance);
    const failing = now * chance;
    for (let j = 0; j < law.length; j++) {
      const at = k + j < last ? k + j : last;
      next[at] = (next[at] as number) + failing * (law[j] as number);
    }
  }
  return next;
}

/** A law of loss on the grid: each value split between its two neighbours so that the mean stays. */
function onGrid(law: SeverityLaw, exposure: number, step: number): Float64Array {
  const most = Math.ceil((exposure * Math.max(...law)) / step);
  const chances = new Float64Array(most + 1);
  for (const value of law) {
    const place = (exposure * value) / step;
    const lower = Math.floor(place);
    const share = place - lower;
    chances[lower] = (chances[lower] ?? 0) + (1 - share) / law.length;
    if (share > 0) chances[lower + 1] = (chances[lower + 1] ?? 0) + share / law.length;
  }
  return chances;
}

/** Mean of a portfolio's loss without groups, exactly. */
export function exactMean({ names, severities }: Portfolio): number {
  return names.reduce(
    (sum, { cover, deductible, failure, severity }) =>
      sum + cover * (1 - deductible) * failure * meanOf(severities[severity] ?? []),
    0,
  );
}

/** Mean of a distribution. */
export function distributionMean({ step, chances }: LossDistribution): number {
  return chances.reduce((sum, chance, k) => sum + chance * k * step, 0);
}

/** Smallest loss that is not exceeded with chance `level`, between the grid's points by its distribution function. */
export function distributionQuantile({ step, chances }: LossDistribution, level: number): number {
  let before = 0;
  for (let k = 0; k < chances.length; k++) {
    const chance = chances[k] ?? 0;
    if (before + chance >= level) return Math.max(0, k - 0.5 + (level - before) / chance) * step;
    before += chance;
  }
  return (chances.length - 1) * step;
}

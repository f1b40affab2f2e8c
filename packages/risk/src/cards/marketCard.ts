import { posteriorRate } from '../hazard/credibility.ts';
import { sizeFactor } from '../hazard/size.ts';
import { type LossShare, meanLossShare, meanSquareLossShare, withMeanShare } from '../severity/lossShare.ts';
import { expectedShare } from '../severity/shareBySize.ts';
import { gammaQuantile } from '../statistics/special.ts';
import { boundDown, boundUp, cardBounds } from './bounds.ts';
import { threatMultiplier } from './threat.ts';
import {
  type CardModel,
  type CardPolicy,
  defaultPolicy,
  type Effect,
  type GroupScore,
  type MarketCardValues,
  type MarketReading,
  type MarketScore,
  type ThreatSignal,
} from './types.ts';

const RATE = 100_000_000;

/** Least and most mean loss share: the shape around it has no meaning beyond. */
const SHARES = [0.001, 0.99] as const;

/** A market's card and how it came about. */
export type ExplainedCard = {
  readonly values: MarketCardValues;
  /** Failures a year that are priced. */
  readonly hazard: number;
  /** Failures a year by itself, without its groups' shocks. */
  readonly ownHazard: number;
  /** Loss share of its own failures. */
  readonly severity: LossShare;
  /** What each factor adds to el; they add up to it exactly. */
  readonly effects: readonly Effect[];
};

export type MarketCardInputs = {
  readonly model: CardModel;
  readonly score: MarketScore;
  /** Scores of the market's groups. */
  readonly groups: readonly GroupScore[];
  readonly reading: MarketReading;
  readonly signals?: readonly ThreatSignal[] | undefined;
  readonly policy?: CardPolicy | undefined;
};

/**
 * The card of a market.
 *
 * Hazard: base x effect of size x factors, credibility-weighted with the market's own record as Gamma(k lambda + n, k + E),
 * its quantile, times what threat signals multiply. el is the hazard times the mean loss share of the size, and never less
 * than what its groups' shocks take.
 * Variance by Marshall and Olkin: a group's shocks come at their rate, hit the market by its weight and draw one
 * severity for all; s w^2 is the part that members share, v the rest.
 * @throws RangeError for values outside their ranges
 */
export function marketCard(inputs: MarketCardInputs): ExplainedCard {
  const { model, reading, policy = defaultPolicy } = inputs;
  check(inputs);
  const shocks = shocksOf(inputs);
  const steps = hazardSteps(inputs);
  const priced = steps.at(-1)?.hazard ?? 0;
  const fromShocks = shocks.reduce((sum, { rate, weight }) => sum + rate * weight, 0);
  const hazard = Math.max(priced, fromShocks);
  const ownHazard = hazard - fromShocks;
  const share = expectedShare(reading.leastValue, model.shareBySize);
  const shockLoss = shocks.reduce((sum, shock) => sum + shock.rate * shock.weight * shock.mean, 0);
  // Shocks draw their groups' severity: own failures make up for the difference, so that all lose the share of the size.
  const severity = withMeanShare(model.severity, within((hazard * share - shockLoss) / ownHazard));
  const loss = ownHazard * meanLossShare(severity) + shockLoss;

  const el = boundUp(loss * RATE, cardBounds.el);
  const { v, w } = varianceSplit(ownHazard, shocks, meanSquareLossShare(severity), policy);
  const most = (policy.insuredShare * reading.units) / Math.max(1, reading.pools);
  const values = {
    el,
    v: boundUp(v * RATE, cardBounds.v),
    w: [0, 1, 2, 3].map((i) => weightWord(w[i] ?? 0)) as unknown as MarketCardValues['w'],
    maxShare: boundDown(policy.maxShare, cardBounds.maxShare),
    maxCover: boundDown(most, cardBounds.maxCover),
  };
  const stages = [
    ...steps.map(({ name, hazard: upTo }) => ({ name, el: upTo * meanLossShare(model.severity) })),
    { name: 'loss share at this size', el: priced * share },
    { name: 'shocks of its groups', el: loss },
    { name: 'bounds and rounding of a card', el: el / RATE },
  ];
  return { values, hazard, ownHazard, severity, effects: effectsOf(stages) };
}

type Step = { readonly name: string; readonly hazard: number };

/** The hazard after each factor. */
function hazardSteps({
  model,
  score,
  reading,
  signals = [],
  policy = defaultPolicy,
}: MarketCardInputs): Step[] {
  const { credibility, quantile, mostThreat } = policy;
  const steps: Step[] = [];
  let hazard = model.baseHazard;
  const add = (name: string, next: number) => {
    hazard = next;
    steps.push({ name, hazard });
  };
  add('base rate', hazard);
  add('insured value', hazard * sizeFactor(reading.value, model.size));
  for (const { name, multiplier } of score.factors) add(name, hazard * multiplier);
  add('own record', posteriorRate(hazard, credibility, score.failures, score.years));
  const exposure = credibility + score.years;
  add('uncertainty', gammaQuantile(quantile, hazard * exposure) / exposure);
  if (signals.length > 0) add('threat signals', hazard * threatMultiplier(signals, reading.time, mostThreat));
  return steps;
}

/** A mean loss share that the shape can have; without own failures it does not matter. */
function within(share: number): number {
  const [least, most] = SHARES;
  return Number.isNaN(share) ? least : Math.min(most, Math.max(least, share));
}

type Shock = {
  readonly rate: number;
  readonly weight: number;
  readonly mean: number;
  readonly second: number;
};

function shocksOf({ score, groups }: MarketCardInputs): Shock[] {
  return score.groups.map(({ group, weight }) => {
    const found = groups.find((each) => each.group === group);
    if (!found) throw new RangeError(`There is no score of group ${group}.`);
    const { rate, severity } = found;
    return { rate, weight, mean: meanLossShare(severity), second: meanSquareLossShare(severity) };
  });
}

/** v, and weights raised until the strongest group carries the least share of the variance. */
function varianceSplit(
  ownHazard: number,
  shocks: readonly Shock[],
  second: number,
  { leastCorrelation }: CardPolicy,
): { v: number; w: number[] } {
  const w = shocks.map(({ weight }) => weight);
  const strength = (i: number) => (shocks[i]?.rate ?? 0) * (shocks[i]?.second ?? 0);
  const strongest = w.reduce(
    (best, weight, i) =>
      strength(i) * weight ** 2 > strength(best) * (w[best] ?? 0) ** 2 || !w[best] ? i : best,
    0,
  );
  const rest = (at: number) =>
    shocks.reduce((sum, shock, i) => sum + shock.rate * shock.second * (w[i] ?? 0) * (i === at ? 0 : 1), 0);
  if (strength(strongest) > 0) {
    // The group's part s w^2 of all variance, own + s w + others, is at least the share: a quadratic in w.
    const others = ownHazard * second + rest(strongest);
    const s = strength(strongest);
    const least =
      (leastCorrelation + Math.sqrt(leastCorrelation ** 2 + (4 * leastCorrelation * others) / s)) / 2;
    w[strongest] = Math.min(1, Math.max(w[strongest] ?? 0, least));
  }
  const v = ownHazard * second + w.reduce((sum, weight, i) => sum + strength(i) * weight * (1 - weight), 0);
  return { v, w };
}

/** A weight as a card states it: zero stays zero, since a card's weight never moves between zero and more. */
function weightWord(weight: number): number {
  return weight === 0 ? 0 : boundUp(weight * 10_000, cardBounds.w);
}

/** Differences of rounded running figures: they add up to the last one exactly. */
function effectsOf(stages: readonly { name: string; el: number }[]): Effect[] {
  let before = 0;
  return stages.map(({ name, el }) => {
    const now = Math.round(el * RATE);
    const effect = now - before;
    before = now;
    return { name, effect };
  });
}

function check({ model, score, reading }: MarketCardInputs): void {
  const { value, leastValue, units, pools } = reading;
  const numbers = {
    baseHazard: model.baseHazard,
    failures: score.failures,
    years: score.years,
    value,
    leastValue,
    units,
    pools,
  };
  for (const [name, number] of Object.entries(numbers)) {
    if (!(number >= 0 && Number.isFinite(number))) throw new RangeError(`${name} is ${number}.`);
  }
  for (const { name, multiplier } of score.factors) {
    if (!(multiplier > 0)) throw new RangeError(`The multiplier of ${name} is ${multiplier}.`);
  }
  if (score.groups.length > 4) throw new RangeError('A market has at most four groups.');
  for (const { group, weight } of score.groups) {
    if (!(weight >= 0 && weight <= 1)) throw new RangeError(`The weight in group ${group} is ${weight}.`);
  }
}

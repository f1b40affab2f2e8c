import { YEAR_DAYS } from '../data/day.ts';
import type { Course } from '../hazard/age.ts';
import { describeStructuralVariance, experienceOf } from '../hazard/credibility.ts';
import { type Cohort, countEvents, EXPLOIT_LOSS, fitHazard, predict } from '../hazard/model.ts';
import { START_SCALES } from '../hazard/scales.ts';
import { at } from '../statistics/cholesky.ts';
import { poissonInterval } from '../statistics/special.ts';
import type { Estimate } from '../statistics/summary.ts';
import type { RiskParameters } from './parameters.ts';

/** Value locked from which a protocol is large enough for its losses to be recorded, USD. */
export const LARGE = 1_000_000;

/** Share of recorded exploits that have a protocol in the lists; the rest is missing from every rate here. */
export const MATCHED_SHARE = 0.8;

/** Figures that are quoted: of protocols with at least $1M, with their intervals. */
export function figuresOf(
  cohort: Cohort,
  course: Course,
  { lossShareIntervals }: RiskParameters['severity'],
  seed: number,
): Readonly<Record<string, Estimate>> {
  const large = { ...cohort, members: cohort.members.filter(({ tvl }) => (tvl?.usd ?? 0) >= LARGE) };
  const { start, end } = cohort.window;
  const rates = Array.from({ length: Math.ceil((end - start) / YEAR_DAYS - 0.1) }, (_, i) => {
    const from = start + i * YEAR_DAYS;
    return [`rateYear${i + 1}`, rateOf(large, from, Math.min(from + YEAR_DAYS, end))] as const;
  });
  const baseline = fitHazard(large, 'baseline', course, START_SCALES);
  const audited = fitHazard(large, 'baseline', course, START_SCALES, { plus: 'audited' });
  const effect = (model: typeof baseline, name: string): Estimate => {
    const k = model.terms.names.indexOf(name);
    const value = at(model.coefficients, k);
    const se = Math.sqrt(at(model.covariance, k * model.terms.names.length + k));
    return { value: Math.exp(value), low: Math.exp(value - 1.96 * se), high: Math.exp(value + 1.96 * se) };
  };
  const expected = large.members.map((one) => predict(baseline, one, cohort.window, cohort.listDay).expected);
  const experience = experienceOf(expected, countEvents(large, EXPLOIT_LOSS));
  const meanShare = lossShareIntervals.mean ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const first = rates[0]?.[1] ?? meanShare;
  return {
    ...Object.fromEntries(rates),
    sizeEffect: effect(baseline, 'tvl'),
    lending: effect(baseline, 'lending'),
    audited: effect(audited, 'audited'),
    baselineVariance: describeStructuralVariance(experience, seed),
    purePremium: {
      value: first.value * meanShare.value,
      low: first.low * meanShare.low,
      high: first.high * meanShare.high,
    },
  };
}

/** Exploits a protocol and year, with the exact Poisson interval. */
function rateOf({ members, events }: Cohort, from: number, to: number): Estimate {
  const slugs = new Set(members.map(({ slug }) => slug));
  const count = events.filter(
    ({ slug, day, lossUsd }) => day >= from && day < to && lossUsd >= EXPLOIT_LOSS && slugs.has(slug ?? ''),
  ).length;
  const years = (members.length * (to - from)) / YEAR_DAYS;
  const [low, high] = poissonInterval(count);
  return { value: count / years, low: low / years, high: high / years };
}

import { at } from '../statistics/cholesky.ts';
import { randomOf } from '../statistics/random.ts';
import { bootstrap, type Estimate, sum } from '../statistics/summary.ts';

/** What was expected of a protocol, what was seen, and for how long. */
export type Experience = { readonly expected: number; readonly events: number };

/**
 * Buehlmann-Straub: variance between protocols of what multiplies their expected events, weighted by the squares of
 * those. It is the squared deviation in excess of Poisson's; none or less than none is 0.
 */
export function structuralVariance(experience: readonly Experience[]): number {
  const excess = sum(experience.map(({ expected, events }) => (events - expected) ** 2 - expected));
  return Math.max(0, excess / sum(experience.map(({ expected }) => expected ** 2)));
}

/** The variance with its 95 % interval, by bootstrap over protocols. */
export function describeStructuralVariance(
  experience: readonly Experience[],
  seed: number,
  times = 400,
): Estimate {
  return bootstrap(
    experience.length,
    (indices) => structuralVariance(indices.flatMap((i) => experience[i] ?? [])),
    { random: randomOf(seed), times },
  );
}

/**
 * Protocol-years k after which own experience weighs as much as the model: the posterior rate is
 * (k lambda0 + events) / (k + years). Infinite where protocols do not differ beyond the model.
 * @param rate exploits a year of an average protocol
 */
export function credibilityYears(variance: number, rate: number): number {
  return 1 / (variance * rate);
}

/** The posterior rate. */
export function posteriorRate(prior: number, k: number, events: number, years: number): number {
  return Number.isFinite(k) ? (k * prior + events) / (k + years) : prior;
}

/** Weight of own experience after so many years. */
export function credibilityWeight(k: number, years: number): number {
  return Number.isFinite(k) ? years / (k + years) : 0;
}

/** Experience of a list, from expected and seen events in the same order. */
export function experienceOf(expected: readonly number[], events: readonly number[]): readonly Experience[] {
  return expected.map((one, i) => ({ expected: one, events: at(events, i) }));
}

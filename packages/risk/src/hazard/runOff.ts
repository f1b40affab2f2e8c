import { type Day, YEAR_DAYS } from '../data/day.ts';
import { at } from '../statistics/cholesky.ts';
import { minimise } from '../statistics/minimise.ts';
import type { Prior } from '../statistics/poisson.ts';

/** The rate at which the hazard of a fixed list falls, from when in the follow-up its events happened. */
export type RunOff = { readonly value: number; readonly se: number };

/**
 * Largest posterior of the run-off: event times have density proportional to exp(-runOff t) over the follow-up. The
 * standard error is that of the curvature there.
 * @param days event days
 */
export function fitRunOff(days: readonly Day[], start: Day, end: Day, prior: Prior): RunOff {
  const length = (end - start) / YEAR_DAYS;
  const times = days.map((day) => (day - start) / YEAR_DAYS);
  const total = times.reduce((sum, time) => sum + time, 0);
  const cost = (rate: number) =>
    rate * total +
    times.length * Math.log(mass(rate, length)) +
    (rate - prior.mean) ** 2 / (2 * prior.sd ** 2);
  const value = at(minimise(([rate = 0]) => cost(rate), [prior.mean]).x, 0);
  const h = 1e-3;
  const curvature = (cost(value + h) - 2 * cost(value) + cost(value - h)) / (h * h);
  return { value, se: 1 / Math.sqrt(curvature) };
}

function mass(rate: number, length: number): number {
  return Math.abs(rate) < 1e-9 ? length : (1 - Math.exp(-rate * length)) / rate;
}

import { at } from '../statistics/cholesky.ts';
import { sum } from '../statistics/summary.ts';

/** A prediction and what happened: probability of at least one exploit, expected number, number seen. */
export type Outcome = { readonly probability: number; readonly expected: number; readonly events: number };

/**
 * Area under the ROC curve: how often a protocol that was exploited ranks above one that was not; ties count half. Not a
 * number where there are not both.
 */
export function auc(outcomes: readonly Outcome[]): number {
  const sorted = [...outcomes].sort((a, b) => a.probability - b.probability);
  let rankSum = 0;
  let hits = 0;
  let from = 0;
  while (from < sorted.length) {
    let to = from;
    while (to < sorted.length && sorted[to]?.probability === sorted[from]?.probability) to++;
    const inTie = sorted.slice(from, to).filter(({ events }) => events > 0).length;
    rankSum += inTie * ((from + 1 + to) / 2);
    hits += inTie;
    from = to;
  }
  const misses = sorted.length - hits;
  return hits === 0 || misses === 0 ? Number.NaN : (rankSum - (hits * (hits + 1)) / 2) / (hits * misses);
}

/** Mean negative log likelihood of whether each protocol was exploited. */
export function logLoss(outcomes: readonly Outcome[]): number {
  const of = ({ probability, events }: Outcome) => {
    const p = Math.min(1 - 1e-12, Math.max(1e-12, probability));
    return -Math.log(events > 0 ? p : 1 - p);
  };
  return sum(outcomes.map(of)) / outcomes.length;
}

/** Mean squared error of the probability. */
export function brier(outcomes: readonly Outcome[]): number {
  const of = ({ probability, events }: Outcome) => (probability - (events > 0 ? 1 : 0)) ** 2;
  return sum(outcomes.map(of)) / outcomes.length;
}

/** Expected events over seen ones. */
export function expectedOverSeen(outcomes: readonly Outcome[]): number {
  return sum(outcomes.map(({ expected }) => expected)) / sum(outcomes.map(({ events }) => events));
}

/** A tenth of the protocols, by probability. */
export type Decile = { readonly size: number; readonly expected: number; readonly events: number };

/** Expected and seen events in ten groups of equal size, the safest first. */
export function deciles(outcomes: readonly Outcome[], groups = 10): readonly Decile[] {
  const sorted = [...outcomes].sort((a, b) => a.probability - b.probability);
  const bounds = Array.from({ length: groups + 1 }, (_, i) => Math.round((i * sorted.length) / groups));
  return Array.from({ length: groups }, (_, i) => {
    const group = sorted.slice(at(bounds, i), at(bounds, i + 1));
    return {
      size: group.length,
      expected: sum(group.map(({ expected }) => expected)),
      events: sum(group.map(({ events }) => events)),
    };
  });
}

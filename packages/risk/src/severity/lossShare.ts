import { at } from '../statistics/cholesky.ts';
import { minimise } from '../statistics/minimise.ts';
import { randomOf } from '../statistics/random.ts';
import { betaCdf, bisect, logBeta } from '../statistics/special.ts';
import { bootstrapAll, type Estimate, mean, quantile } from '../statistics/summary.ts';

/** Loss given an exploit as a share of the value locked: everything with a probability, else a Beta distribution. */
export type LossShare = { readonly totalMass: number; readonly alpha: number; readonly beta: number };

/** From this share on everything counts as lost. */
const TOTAL = 0.999;

/** Largest likelihood of the mixture. */
export function fitLossShare(shares: readonly number[]): LossShare {
  const part = shares.filter((share) => share < TOTAL).map((share) => Math.max(1e-6, share));
  const logs = mean(part.map(Math.log));
  const complements = mean(part.map((share) => Math.log1p(-share)));
  const cost = ([a = 0, b = 0]: readonly number[]) => {
    const [alpha, beta] = [Math.exp(a), Math.exp(b)];
    return logBeta(alpha, beta) - (alpha - 1) * logs - (beta - 1) * complements;
  };
  const { x } = minimise(cost, [Math.log(0.5), Math.log(1.5)]);
  return {
    totalMass: 1 - part.length / shares.length,
    alpha: Math.exp(at(x, 0)),
    beta: Math.exp(at(x, 1)),
  };
}

/** Expected share. */
export function meanLossShare({ totalMass, alpha, beta }: LossShare): number {
  return totalMass + ((1 - totalMass) * alpha) / (alpha + beta);
}

/** Expected square of the share: what a variance needs. */
export function meanSquareLossShare({ totalMass, alpha, beta }: LossShare): number {
  const square = (alpha * (alpha + 1)) / ((alpha + beta) * (alpha + beta + 1));
  return totalMass + (1 - totalMass) * square;
}

/**
 * The mixture moved to another mean: the odds of a total loss and those of the Beta distribution's mean by the same factor,
 * its precision kept. So small means still hold total losses.
 * @param wanted within (0, 1)
 */
export function withMeanShare({ totalMass, alpha, beta }: LossShare, wanted: number): LossShare {
  const precision = alpha + beta;
  const moved = (share: number, log: number) =>
    share <= 0 || share >= 1 ? share : 1 / (1 + (1 / share - 1) * Math.exp(-log));
  const of = (log: number): LossShare => {
    const mean = moved(alpha / precision, log);
    return { totalMass: moved(totalMass, log), alpha: precision * mean, beta: precision * (1 - mean) };
  };
  return of(bisect((log) => meanLossShare(of(log)) - wanted, -40, 40));
}

/** Probability that the share is at most so much. */
export function lossShareCdf(share: number, { totalMass, alpha, beta }: LossShare): number {
  return share >= 1 ? 1 : (1 - totalMass) * betaCdf(share, alpha, beta);
}

/** Share that is not exceeded with a probability. */
export function lossShareQuantile(probability: number, severity: LossShare): number {
  if (probability >= 1 - severity.totalMass) return 1;
  return bisect((share) => lossShareCdf(share, severity) - probability, 0, 1);
}

/** The mixture with 95 % intervals of everything about it, by bootstrap over the events. */
export function describeLossShare(shares: readonly number[], seed: number, times = 400) {
  const units = shares.map((_, i) => [i]);
  const statistics = (indices: readonly number[]) => {
    const drawn = indices.map((i) => at(shares, i));
    const fit = fitLossShare(drawn);
    return { ...fit, mean: mean(drawn), median: quantile(drawn, 0.5), fittedMean: meanLossShare(fit) };
  };
  return bootstrapAll(units, statistics, { random: randomOf(seed), times }) satisfies Record<
    string,
    Estimate
  >;
}

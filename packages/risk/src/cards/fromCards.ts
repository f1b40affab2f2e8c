import { severityLaw } from '../portfolio/severityLaw.ts';
import type { Portfolio } from '../portfolio/types.ts';
import { type LossShare, meanLossShare, meanSquareLossShare } from '../severity/lossShare.ts';
import type { Position } from '../types.ts';

/** A market in a live pool's book. */
export type LiveMarket = Position & {
  readonly id: string;
  /** Committed cover, whole units of the asset. */
  readonly cover: number;
  readonly deductible: number;
};

/**
 * The portfolio that a pool's cards describe, for who has no scores: each market's hazard is el by the mean of a loss
 * share, a group's shocks come at s by its second moment and hit by the cards' weights.
 * @param coefficients s of the groups, 1e8 = 1
 */
export function portfolioOfCards(
  markets: readonly LiveMarket[],
  coefficients: ReadonlyMap<number, number>,
  severity: LossShare,
  { correlation = 0, years = 1 }: { correlation?: number; years?: number } = {},
): Portfolio {
  const [mean, second] = [meanLossShare(severity), meanSquareLossShare(severity)];
  const rateOf = (group: number) => (coefficients.get(group) ?? 0) / 1e8 / second;
  const weight = (word: number | undefined) => (word ?? 0) / 10_000;
  return {
    names: markets.map(({ id, cover, deductible, card, groups }) => {
      const fromShocks = groups.reduce((sum, group, i) => sum + rateOf(group) * weight(card.w[i]), 0);
      const own = Math.max(0, card.el / 1e8 / mean - fromShocks);
      return {
        id,
        cover,
        failure: -Math.expm1(-own * years),
        severity: 0,
        deductible,
        groups: groups.map((group, i) => ({ group, weight: weight(card.w[i]) })),
      };
    }),
    groups: [...new Set(markets.flatMap(({ groups }) => groups))].map((group) => ({
      group,
      rate: rateOf(group) * years,
      severity: 0,
    })),
    severities: [severityLaw(severity)],
    correlation,
  };
}

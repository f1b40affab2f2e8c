import { severityLaw } from '../portfolio/severityLaw.ts';
import type { Name, Portfolio, SeverityLaw, ShockGroup } from '../portfolio/types.ts';
import type { LossShare } from '../severity/lossShare.ts';
import type { ExplainedCard } from './marketCard.ts';
import type { ScoreBook } from './scoreBook.ts';
import type { GroupWeight } from './types.ts';

/** A market in a pool's book: what is sold, and how it may fail. */
export type BookEntry = {
  readonly id: string;
  /** Cover, whole units of the asset. */
  readonly cover: number;
  /** Share of a loss that holders bear. */
  readonly deductible: number;
  readonly card: Pick<ExplainedCard, 'ownHazard' | 'severity'>;
  readonly groups: readonly GroupWeight[];
};

/**
 * The portfolio of a pool's book over a time: each market fails by itself at its own hazard and with its groups' shocks
 * by its weights. It is of the same hazards and severities as the cards.
 * @param years of the horizon
 */
export function portfolioOfBook(
  entries: readonly BookEntry[],
  { groups, correlation, recovery }: ScoreBook,
  years = 1,
): Portfolio {
  const severities: SeverityLaw[] = [];
  const indexOf = (share: LossShare) => severities.push(severityLaw(share)) - 1;
  const names = entries.map(
    ({ id, cover, deductible, card, groups: memberships }): Name => ({
      id,
      cover,
      failure: -Math.expm1(-card.ownHazard * years),
      severity: indexOf(card.severity),
      deductible,
      groups: memberships,
    }),
  );
  const used = new Set(entries.flatMap((entry) => entry.groups.map(({ group }) => group)));
  const shocks = [...groups.values()].filter(({ group }) => used.has(group));
  return {
    names,
    severities,
    groups: shocks.map(
      ({ group, rate, severity }): ShockGroup => ({ group, rate: rate * years, severity: indexOf(severity) }),
    ),
    correlation,
    recovery,
  };
}

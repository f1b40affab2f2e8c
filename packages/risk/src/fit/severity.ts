import type { IncidentRecord } from '../data/records.ts';
import { type Cohort, EXPLOIT_LOSS } from '../hazard/model.ts';
import { lossElasticity } from '../severity/elasticity.ts';
import { describeLossShare, fitLossShare } from '../severity/lossShare.ts';
import { fitShareBySize } from '../severity/shareBySize.ts';
import { fitTail } from '../severity/tail.ts';
import { LARGE } from './figures.ts';
import type { RiskParameters } from './parameters.ts';

/** Loss above which the tail is fitted, USD. */
export const TAIL_THRESHOLD = 1_000_000;

/**
 * Severity of exploits. Shares and the elasticity are of protocols that had at least $1M on their list's day, by that
 * day's value; the tail takes every recorded exploit, with or without a protocol.
 */
export function describeSeverity(
  incidents: readonly IncidentRecord[],
  { members, events, window }: Cohort,
  seed: number,
): RiskParameters['severity'] {
  const tvl = new Map(members.map((one) => [one.slug, one.tvl?.usd ?? 0]));
  const sized = events.flatMap(({ slug = '', day, lossUsd }) => {
    const usd = tvl.get(slug) ?? 0;
    const isCounted = day >= window.start && day < window.end && lossUsd >= EXPLOIT_LOSS && usd >= LARGE;
    return isCounted ? [{ tvl: usd, loss: lossUsd }] : [];
  });
  const shares = sized.map((one) => Math.min(1, one.loss / one.tvl));
  const losses = incidents.filter((one) => !one.isRugPull && !one.isContagion).map(({ lossUsd }) => lossUsd);
  const { shapeInterval, ...tail } = fitTail(losses, TAIL_THRESHOLD);
  return {
    shareBySize: fitShareBySize(sized.map(({ tvl, loss }) => ({ tvl, share: Math.min(1, loss / tvl) }))),
    lossShare: fitLossShare(shares),
    lossShareIntervals: describeLossShare(shares, seed),
    elasticity: lossElasticity(sized),
    tail,
    tailShape: shapeInterval,
  };
}

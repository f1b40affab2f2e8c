import {
  type ExplainedCard,
  type GroupScore,
  groupCard,
  type MarketReading,
  marketCard,
  type ScoreBook,
  type ThreatSignal,
} from '@breakwater/risk';
import type { Deployment, MarketEntry } from '@breakwater/sdk';
import type { Client } from 'viem';
import { getBlock } from 'viem/actions';
import { cliError } from '../errors.ts';
import { assetOf, countPools, type InsuredValue, readInsuredValue } from './insuredValue.ts';
import { scoreOf } from './scores.ts';

/** A market's card as its score and the chain want it, and what was read for it. */
export type WantedCard = ExplainedCard & { readonly reading: MarketReading; readonly insured: InsuredValue };

/** The card that a market should have at a block. */
export async function wantedMarketCard(
  client: Client,
  given: {
    deployment: Deployment;
    market: MarketEntry;
    scores: ScoreBook;
    signals: readonly ThreatSignal[];
    blockNumber: bigint;
  },
): Promise<WantedCard> {
  const { deployment, market, scores, signals, blockNumber } = given;
  const score = scoreOf(scores, market);
  checkGroups(market, score.groups);
  const asset = assetOf(deployment, market);
  const dollars = scores.assets.get(asset.symbol);
  if (dollars === undefined) {
    throw cliError(
      'AssetPriceMissing',
      `The score book does not say what a unit of ${asset.symbol} is worth.`,
      `Add it to "assets".`,
    );
  }
  const [insured, pools, { timestamp }] = await Promise.all([
    readInsuredValue(client, market, asset, blockNumber),
    countPools(client, deployment, market, blockNumber),
    getBlock(client, { blockNumber }),
  ]);
  const reading = {
    value: insured.most * dollars,
    leastValue: insured.least * dollars,
    units: insured.least,
    pools,
    time: Number(timestamp),
  };
  const groups = [...scores.groups.values()];
  return {
    ...marketCard({ model: scores.model, score, groups, reading, signals, policy: scores.policy }),
    reading,
    insured,
  };
}

/** The card that a group should have. */
export function wantedGroupCard(scores: ScoreBook, group: number) {
  return groupCard(groupScore(scores, group), scores.policy);
}

function groupScore({ groups }: ScoreBook, group: number): GroupScore {
  const score = groups.get(group);
  if (score) return score;
  throw cliError('ScoreMissing', `The score book has no group ${group}.`, 'Add it to "groups".');
}

/** A card's weights stand in the order of the terms' groups: the score must have the same. */
function checkGroups({ name, terms }: MarketEntry, groups: readonly { group: number }[]): void {
  if (terms.groups.join() === groups.map(({ group }) => group).join()) return;
  throw cliError(
    'GroupsDiffer',
    `Market ${name} is in the groups ${terms.groups.join(', ') || 'none'}; its score has ${
      groups.map(({ group }) => group).join(', ') || 'none'
    }.`,
    'Give the score the same groups in the same order.',
  );
}

import {
  type Cautions,
  type FlatMarketCard,
  flatten,
  groupCautions,
  marketCautions,
  nextValues,
  poolCautions,
  type ScoreBook,
  unflatten,
} from '@breakwater/risk';
import {
  type Action,
  type Deployment,
  groupCardTypedData,
  type MarketEntry,
  marketCardTypedData,
  type PoolEntry,
  poolCardTypedData,
  publishGroupCard,
  publishMarketCard,
  publishPoolCard,
  type SignedBy,
} from '@breakwater/sdk';
import type { Client, HashTypedDataParameters } from 'viem';
import { type CardHistory, groupHistory, type HistoryAt, marketHistory, poolHistory } from './cardHistory.ts';
import { poolCardOf } from './poolCard.ts';
import { readSignals } from './scores.ts';
import { wantedGroupCard, wantedMarketCard } from './wanted.ts';

/** What a finding is made from. */
export type Looking = {
  readonly client: Client;
  readonly deployment: Deployment;
  readonly scores: ScoreBook;
  readonly cwd: string;
  /** File with threat signals. */
  readonly signals: string | undefined;
  readonly at: HistoryAt;
  /** Of the block, seconds. */
  readonly time: number;
};

/** A card of any kind as publishers sign it. */
export type Message = {
  readonly card: Readonly<Record<string, unknown>>;
  readonly typedData: HashTypedDataParameters;
  readonly action: (signatures: readonly SignedBy[]) => Action;
};

/** The card that a market, a group or a pool should have now, as far as the limits let it. */
export type Finding = {
  readonly subject: string;
  /** Values by field, weights each a field. */
  readonly values: Readonly<Record<string, number>>;
  /** Values in force; undefined before the first card. */
  readonly current: Readonly<Record<string, number>> | undefined;
  /** Whether the limits hold nothing back. */
  readonly reached: boolean;
  /** Of the card in force; 0 before the first. */
  readonly nonce: number;
  /** Of the card in force, seconds. */
  readonly validUntil: number;
  /** The message with certain values. */
  readonly message: (
    values: Readonly<Record<string, number>>,
    fields: { readonly validUntil: bigint; readonly nonce: number },
  ) => Message;
};

export async function marketFinding(looking: Looking, market: MarketEntry): Promise<Finding> {
  const { client, deployment, scores, cwd, at } = looking;
  const signals = await readSignals(cwd, looking.signals, market);
  const { blockNumber } = at;
  const wanted = await wantedMarketCard(client, { deployment, market, scores, signals, blockNumber });
  const history = await marketHistory(at, market.id);
  return {
    subject: `market ${market.name}`,
    ...next<FlatMarketCard>(flatten(wanted.values), history, marketCautions, looking.time),
    message: (values, fields) => {
      const { maxCover, ...rest } = unflatten(values as FlatMarketCard);
      const card = { market: market.id, ...rest, maxCover: BigInt(maxCover), ...fields };
      return {
        card,
        typedData: marketCardTypedData(deployment, card),
        action: (signatures) => publishMarketCard({ deployment, card, signatures }),
      };
    },
  };
}

export async function groupFinding(
  { deployment, scores, at, time }: Looking,
  group: number,
): Promise<Finding> {
  return {
    subject: `group ${group}`,
    ...next(wantedGroupCard(scores, group), await groupHistory(at, group), groupCautions, time),
    message: ({ s = 0, cap = 0 }, fields) => {
      const card = { group, s, cap, ...fields };
      return {
        card,
        typedData: groupCardTypedData(deployment, card),
        action: (signatures) => publishGroupCard({ deployment, card, signatures }),
      };
    },
  };
}

export async function poolFinding(looking: Looking, pool: PoolEntry): Promise<Finding> {
  const { client, deployment, scores, at, time } = looking;
  const wanted = await poolCardOf(client, { deployment, pool, scores, blockNumber: at.blockNumber });
  return {
    subject: `pool ${pool.name}`,
    ...next(wanted, await poolHistory(at, pool.address), poolCautions, time),
    message: ({ z = 0, elSenior = 0 }, fields) => {
      const card = { pool: pool.address, z, elSenior, ...fields };
      return {
        card,
        typedData: poolCardTypedData(deployment, card),
        action: (signatures) => publishPoolCard({ deployment, card, signatures }),
      };
    },
  };
}

function next<T extends Readonly<Record<string, number>>>(
  wanted: T,
  { publications, nonce, validUntil }: CardHistory<T>,
  cautions: Cautions<T>,
  time: number,
) {
  const current: T | undefined = publications.at(-1)?.values;
  return { ...nextValues(wanted, publications, cautions, time), current, nonce, validUntil };
}

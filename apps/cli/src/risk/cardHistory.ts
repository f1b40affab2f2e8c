import {
  type FlatMarketCard,
  flatten,
  type GroupCardValues,
  HALF_DAY,
  type PoolCardValues,
  type Publication,
} from '@breakwater/risk';
import { type Deployment, riskOracleAbi } from '@breakwater/sdk';
import type { Address, Client, GetContractEventsReturnType, Hex } from 'viem';
import { getBlock, getContractEvents } from 'viem/actions';

/** What was published about a subject, oldest first, and the last card's nonce and end. */
export type CardHistory<T> = {
  readonly publications: readonly Publication<T>[];
  readonly nonce: number;
  /** Seconds. */
  readonly validUntil: number;
};

/** Blocks asked for at once: what public nodes allow. */
const CHUNK = 5_000n;

type Logs<Name extends 'MarketCardPublished' | 'GroupCardPublished' | 'PoolCardPublished'> =
  GetContractEventsReturnType<typeof riskOracleAbi, Name, true>;

/** Where a history is read: everything up to one block. */
export type HistoryAt = {
  readonly client: Client;
  readonly deployment: Deployment;
  readonly blockNumber: bigint;
  /** What was read before, by subject: only newer blocks are asked for, unless the chain was reorganised. */
  readonly cache?: HistoryCache | undefined;
};

export type HistoryCache = Map<string, { readonly to: bigint; readonly hash: Hex; readonly found: unknown }>;

export function marketHistory(at: HistoryAt, market: Hex): Promise<CardHistory<FlatMarketCard>> {
  return readHistory(
    at,
    `market ${market}`,
    (fromBlock, toBlock) =>
      getContractEvents(at.client, {
        ...range(at, fromBlock, toBlock),
        eventName: 'MarketCardPublished',
        args: { market },
      }) as Promise<Logs<'MarketCardPublished'>>,
    ({ args: { card } }) => ({
      values: flatten({ ...card, maxCover: Number(card.maxCover) }),
      nonce: card.nonce,
      validUntil: card.validUntil,
    }),
  );
}

export function groupHistory(at: HistoryAt, group: number): Promise<CardHistory<GroupCardValues>> {
  return readHistory(
    at,
    `group ${group}`,
    (fromBlock, toBlock) =>
      getContractEvents(at.client, {
        ...range(at, fromBlock, toBlock),
        eventName: 'GroupCardPublished',
        args: { group },
      }) as Promise<Logs<'GroupCardPublished'>>,
    ({ args: { card } }) => ({
      values: { s: card.s, cap: card.cap },
      nonce: card.nonce,
      validUntil: card.validUntil,
    }),
  );
}

export function poolHistory(at: HistoryAt, pool: Address): Promise<CardHistory<PoolCardValues>> {
  return readHistory(
    at,
    `pool ${pool}`,
    (fromBlock, toBlock) =>
      getContractEvents(at.client, {
        ...range(at, fromBlock, toBlock),
        eventName: 'PoolCardPublished',
        args: { pool },
      }) as Promise<Logs<'PoolCardPublished'>>,
    ({ args: { card } }) => ({
      values: { z: card.z, elSenior: card.elSenior },
      nonce: card.nonce,
      validUntil: card.validUntil,
    }),
  );
}

function range({ deployment }: HistoryAt, fromBlock: bigint, toBlock: bigint) {
  return {
    address: deployment.addresses.oracle,
    abi: riskOracleAbi,
    fromBlock,
    toBlock,
    strict: true,
  } as const;
}

type Found<T> = Publication<T> & { readonly nonce: number; readonly validUntil: number };

/**
 * Goes back from the newest block until the publications cover the half-days that count and the card in force before
 * them is known, or the first card is.
 */
async function readHistory<T, Log extends { blockNumber: bigint }>(
  { client, deployment, blockNumber, cache }: HistoryAt,
  subject: string,
  read: (fromBlock: bigint, toBlock: bigint) => Promise<readonly Log[]>,
  decode: (log: Log) => Omit<Found<T>, 'time'>,
): Promise<CardHistory<T>> {
  const { timestamp, hash } = await getBlock(client, { blockNumber });
  const oldest = (Math.floor(Number(timestamp) / HALF_DAY) - 3) * HALF_DAY;
  const known = await stillKnown<T>(client, cache?.get(subject), blockNumber);
  const start = known ? known.to + 1n : deployment.block;
  const found: Found<T>[] = [];
  for (let to = blockNumber; to >= start; to -= CHUNK) {
    const logs = await read(to - CHUNK + 1n > start ? to - CHUNK + 1n : start, to);
    const publications = await Promise.all(
      logs.map(async (log) => {
        const block = await getBlock(client, { blockNumber: log.blockNumber });
        return { ...decode(log), time: Number(block.timestamp) };
      }),
    );
    found.unshift(...publications);
    const [first] = found;
    if (first && (first.nonce === 1 || first.time < oldest)) break;
  }
  const all = [...(known?.found ?? []), ...found];
  // Of those too old to count the last says what was in force.
  const kept = all.slice(
    Math.max(
      0,
      all.findLastIndex(({ time }) => time < oldest),
    ),
  );
  cache?.set(subject, { to: blockNumber, hash, found: kept });
  const last = kept.at(-1);
  return {
    publications: kept.map(({ time, values }) => ({ time, values })),
    nonce: last?.nonce ?? 0,
    validUntil: last?.validUntil ?? 0,
  };
}

/** What was read before, if its last block is still part of the chain. */
async function stillKnown<T>(
  client: Client,
  entry: { readonly to: bigint; readonly hash: Hex; readonly found: unknown } | undefined,
  head: bigint,
): Promise<{ readonly to: bigint; readonly found: readonly Found<T>[] } | undefined> {
  if (!entry || entry.to > head) return undefined;
  const { hash } = await getBlock(client, { blockNumber: entry.to });
  return hash === entry.hash ? { to: entry.to, found: entry.found as readonly Found<T>[] } : undefined;
}

import { readFile } from 'node:fs/promises';
import { groupCard, type MarketReading, marketCard, parseScoreBook, type ScoreBook } from '@breakwater/risk';
import {
  type Deployment,
  groupCardTypedData,
  type MarketEntry,
  marketCardTypedData,
  poolCardTypedData,
  publishGroupCard,
  publishMarketCard,
  publishPoolCard,
  riskOracleAbi,
  type SignedBy,
  type Transaction,
} from '@breakwater/sdk';
import { type Address, type HashTypedDataParameters, hashTypedData } from 'viem';
import { readContract } from 'viem/actions';
import type { InsuredKind } from '../insured/index.ts';
import { insuredKinds } from '../insured/index.ts';
import { people, publishers } from './accounts.ts';
import type { WorldClient } from './anvil.ts';
import { DAY, now } from './clock.ts';
import { groups, marketName } from './markets.ts';
import { sendAll, withManualMining } from './transactions.ts';

/** Signatures a card needs. */
export const cardQuorum = 2;

/** The local world's score book. */
const scoreFile = new URL('../../../../deployments/scores.example.json', import.meta.url);

/** Of pools: what the book needs before anything is sold, when a simulation would say the cautious bound. */
const poolFigures = { z: 50_000, elSenior: 20 };

/** What is locked in each insured protocol, whole units of the asset. */
export type LockedValues = Readonly<Record<InsuredKind, number>>;

/**
 * Publishes the next card of every group, market and pool, each signed by a quorum of publishers, good for 30 days.
 * @param kinds insured protocols whose markets get one
 * @returns how many cards
 */
export async function publishCards(
  client: WorldClient,
  deployment: Deployment,
  locked: LockedValues,
  kinds: readonly InsuredKind[] = insuredKinds,
): Promise<number> {
  // The block of the publication comes after this one.
  const time = await now(client);
  const validUntil = time + 30n * DAY;
  const scores = parseScoreBook(JSON.parse(await readFile(scoreFile, 'utf8')));
  const pools = deployment.pools.length;
  const actions = [
    ...(await Promise.all(
      Object.values(groups).map((group) => publishGroup(client, deployment, group, { scores, validUntil })),
    )),
    ...(await Promise.all(
      insuredMarkets(deployment, kinds).map((entry) => {
        const value = locked[entry.kind];
        const reading = { value, leastValue: value, units: value, pools, time: Number(time) };
        return publishMarket(client, deployment, entry.market, { scores, reading, validUntil });
      }),
    )),
    ...(await Promise.all(
      deployment.pools.map(({ address }) => publishPool(client, deployment, address, validUntil)),
    )),
  ];
  const orders = actions.map(({ to, data }) => ({ account: people.keeper, to, data, gas: 600_000n }));
  await withManualMining(client, () => sendAll(client, orders));
  return orders.length;
}

type InsuredMarket = { kind: InsuredKind; market: MarketEntry };

/** The deployment's markets on certain protocols, in their order. */
export function insuredMarkets(
  { markets }: Deployment,
  kinds: readonly InsuredKind[] = insuredKinds,
): InsuredMarket[] {
  return kinds.map((kind) => {
    const market = markets.find(({ name }) => name === marketName(kind));
    if (!market) throw new Error(`the deployment has no market ${marketName(kind)}`);
    return { kind, market };
  });
}

async function publishGroup(
  client: WorldClient,
  deployment: Deployment,
  group: number,
  { scores, validUntil }: { scores: ScoreBook; validUntil: bigint },
): Promise<Transaction> {
  const call = { ...oracleOf(deployment), functionName: 'groupNonce', args: [group] } as const;
  const nonce = 1 + (await readContract(client, call));
  const score = scores.groups.get(group);
  if (!score) throw new Error(`the score book has no group ${group}`);
  const card = { group, ...groupCard(score, scores.policy), validUntil, nonce };
  const signatures = await sign(groupCardTypedData(deployment, card));
  return publishGroupCard({ deployment, card, signatures }).transaction;
}

async function publishMarket(
  client: WorldClient,
  deployment: Deployment,
  { id, name }: MarketEntry,
  { scores, reading, validUntil }: { scores: ScoreBook; reading: MarketReading; validUntil: bigint },
): Promise<Transaction> {
  const { model, policy } = scores;
  const score = scores.markets.get(name.toLowerCase());
  if (!score) throw new Error(`the score book has no market ${name}`);
  const { values } = marketCard({ model, score, groups: [...scores.groups.values()], reading, policy });
  const call = { ...oracleOf(deployment), functionName: 'marketNonce', args: [id] } as const;
  const nonce = 1 + (await readContract(client, call));
  // One market makes up the drill's books: it may have as much of a pool as a card may allow.
  const card = {
    ...values,
    maxShare: 2_500,
    market: id,
    maxCover: BigInt(values.maxCover),
    validUntil,
    nonce,
  };
  const signatures = await sign(marketCardTypedData(deployment, card));
  return publishMarketCard({ deployment, card, signatures }).transaction;
}

async function publishPool(
  client: WorldClient,
  deployment: Deployment,
  pool: Address,
  validUntil: bigint,
): Promise<Transaction> {
  const call = { ...oracleOf(deployment), functionName: 'poolNonce', args: [pool] } as const;
  const nonce = 1 + (await readContract(client, call));
  const card = { pool, ...poolFigures, validUntil, nonce };
  const signatures = await sign(poolCardTypedData(deployment, card));
  return publishPoolCard({ deployment, card, signatures }).transaction;
}

function oracleOf({ addresses }: Deployment) {
  return { address: addresses.oracle, abi: riskOracleAbi } as const;
}

/** The first publishers of the list sign: as many as must. */
async function sign(message: HashTypedDataParameters): Promise<SignedBy[]> {
  const hash = hashTypedData(message);
  return Promise.all(
    publishers.slice(0, cardQuorum).map(async (publisher) => ({
      signer: publisher.address,
      signature: await publisher.sign({ hash }),
    })),
  );
}

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

/** What the risk engine would find: expected loss and variance of a year, 1e8 = 100 %, and weights in the groups. */
const figures: Readonly<Record<InsuredKind, { el: number; v: number; w: number }>> = {
  amm: { el: 1_400_000, v: 700_000, w: 2_500 },
  bridge: { el: 2_400_000, v: 900_000, w: 3_000 },
  lending: { el: 1_100_000, v: 500_000, w: 3_500 },
  vault: { el: 900_000, v: 400_000, w: 3_500 },
};

/** Most cover one pool may carry on each market, whole units of the asset. */
export type CoverCaps = Readonly<Record<InsuredKind, bigint>>;

/**
 * Publishes the next card of every group, market and pool, each signed by a quorum of publishers, good for 30 days.
 * @param kinds insured protocols whose markets get one
 * @returns how many cards
 */
export async function publishCards(
  client: WorldClient,
  deployment: Deployment,
  caps: CoverCaps,
  kinds: readonly InsuredKind[] = insuredKinds,
): Promise<number> {
  // The block of the publication comes after this one.
  const validUntil = (await now(client)) + 30n * DAY;
  const actions = [
    ...(await Promise.all(
      Object.values(groups).map((group) => groupCard(client, deployment, group, validUntil)),
    )),
    ...(await Promise.all(
      insuredMarkets(deployment, kinds).map((entry) =>
        marketCard(client, deployment, entry, caps, validUntil),
      ),
    )),
    ...(await Promise.all(
      deployment.pools.map(({ address }) => poolCard(client, deployment, address, validUntil)),
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

async function groupCard(
  client: WorldClient,
  deployment: Deployment,
  group: number,
  validUntil: bigint,
): Promise<Transaction> {
  const call = { ...oracleOf(deployment), functionName: 'groupNonce', args: [group] } as const;
  const nonce = 1 + (await readContract(client, call));
  const cap = group === groups.stablecoin ? 30_000 : 10_000;
  const card = { group, s: 2_000_000, cap, validUntil, nonce };
  const signatures = await sign(groupCardTypedData(deployment, card));
  return publishGroupCard({ deployment, card, signatures }).transaction;
}

async function marketCard(
  client: WorldClient,
  deployment: Deployment,
  { kind, market }: InsuredMarket,
  caps: CoverCaps,
  validUntil: bigint,
): Promise<Transaction> {
  const { el, v, w } = figures[kind];
  const call = { ...oracleOf(deployment), functionName: 'marketNonce', args: [market.id] } as const;
  const nonce = 1 + (await readContract(client, call));
  const card = {
    market: market.id,
    el,
    v,
    w: [w, w, 0, 0] as const,
    maxShare: 2_500,
    maxCover: caps[kind],
    validUntil,
    nonce,
  };
  const signatures = await sign(marketCardTypedData(deployment, card));
  return publishMarketCard({ deployment, card, signatures }).transaction;
}

async function poolCard(
  client: WorldClient,
  deployment: Deployment,
  pool: Address,
  validUntil: bigint,
): Promise<Transaction> {
  const call = { ...oracleOf(deployment), functionName: 'poolNonce', args: [pool] } as const;
  const nonce = 1 + (await readContract(client, call));
  const card = { pool, z: 50_000, elSenior: 20, validUntil, nonce };
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

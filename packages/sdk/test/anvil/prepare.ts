import { encodeFunctionData, type HashTypedDataParameters, hashTypedData } from 'viem';
import { getBlock } from 'viem/actions';
import {
  type Action,
  type Deployment,
  deposit,
  groupCardTypedData,
  type MarketEntry,
  marketCardTypedData,
  type PoolEntry,
  poolCardTypedData,
  publishGroupCard,
  publishMarketCard,
  publishPoolCard,
  recoverSigners,
  type SignedBy,
  sendAction,
} from '../../src/index.ts';
import { client, people, send, signers, tokenTestAbi, walletOf } from './world.ts';

export const USD = 10n ** 6n;

/** Time of the chain, seconds. */
export async function now(): Promise<bigint> {
  return (await getBlock(client)).timestamp;
}

/** Sends an action as one of the people. */
export function act(name: keyof typeof people, action: Action) {
  return sendAction(walletOf(name), client, action, { context: { asset: { symbol: 'USD', decimals: 6 } } });
}

/** The first pool and market of a deployment. */
export function firstOf(deployment: Deployment): { pool: PoolEntry; market: MarketEntry } {
  const [pool] = deployment.pools;
  const [market] = deployment.markets;
  if (!pool || !market) throw new Error('a pool and a market');
  return { pool, market };
}

/** Gives people dollars. */
export async function fund(asset: `0x${string}`): Promise<void> {
  for (const { address } of [people.buyer, people.underwriter]) {
    const args = [address, 1_000_000n * USD] as const;
    await send(asset, encodeFunctionData({ abi: tokenTestAbi, functionName: 'mint', args }));
  }
}

/** Cards that let cover be sold for twenty days. */
export async function cardsOf(deployment: Deployment) {
  const { pool, market } = firstOf(deployment);
  const validUntil = (await now()) + 20n * 86_400n;
  return {
    market: {
      market: market.id,
      el: 1_000_000,
      v: 100_000,
      w: [5_000, 0, 0, 0],
      maxShare: 2_000,
      maxCover: 10_000_000n,
      validUntil,
      nonce: 1,
    },
    group: { group: 3, s: 100_000, cap: 30_000, validUntil, nonce: 1 },
    pool: { pool: pool.address, z: 50_000, elSenior: 20, validUntil, nonce: 1 },
  } as const;
}

/** Signatures of a message by the first signers. */
export async function signed(message: HashTypedDataParameters, count: number): Promise<SignedBy[]> {
  const hash = hashTypedData(message);
  const signatures = await Promise.all(signers.slice(0, count).map((signer) => signer.sign({ hash })));
  return recoverSigners(hash, signatures);
}

/** Publishes the cards, signatures in the wrong order. */
export async function publish(
  deployment: Deployment,
  cards: Awaited<ReturnType<typeof cardsOf>>,
): Promise<void> {
  const { market, group, pool } = cards;
  const messages = [
    marketCardTypedData(deployment, market),
    groupCardTypedData(deployment, group),
    poolCardTypedData(deployment, pool),
  ];
  const [forMarket = [], forGroup = [], forPool = []] = await Promise.all(
    messages.map(async (message) => (await signed(message as HashTypedDataParameters, 2)).reverse()),
  );
  await act('buyer', publishMarketCard({ deployment, card: market, signatures: forMarket }));
  await act('buyer', publishGroupCard({ deployment, card: group, signatures: forGroup }));
  await act('buyer', publishPoolCard({ deployment, card: pool, signatures: forPool }));
}

/** Puts 500,000 dollars into the junior tranche. */
export async function underwrite(deployment: Deployment): Promise<void> {
  const { pool } = firstOf(deployment);
  const receiver = people.underwriter.address;
  await act(
    'underwriter',
    deposit({ deployment, pool, tranche: 'junior', assets: 500_000n * USD, receiver }),
  );
}

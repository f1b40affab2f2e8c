import { type Address, encodeFunctionData, type HashTypedDataParameters, hashTypedData } from 'viem';
import { getBlock, readContract } from 'viem/actions';
import {
  type Action,
  type BuyParameters,
  buy,
  type Deployment,
  decodePurchases,
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
  type TrancheName,
  tokenAbi,
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

/** Cards that let cover be sold for twenty days; `nonce` counts publications of the same. */
export async function cardsOf(deployment: Deployment, nonce = 1) {
  const { pool, market } = firstOf(deployment);
  const validUntil = (await now()) + 20n * 86_400n;
  return {
    market: {
      market: market.id,
      el: 1_000_000,
      v: 100_000,
      w: [5_000, 0, 0, 0],
      maxShare: 2_500,
      maxCover: 10_000_000n,
      validUntil,
      nonce,
    },
    group: { group: 3, s: 100_000, cap: 30_000, validUntil, nonce },
    pool: { pool: pool.address, z: 50_000, elSenior: 20, validUntil, nonce },
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

/** Publishes cards of the same figures for the other markets of a deployment. */
export async function publishOthers(deployment: Deployment): Promise<void> {
  const { market: first } = await cardsOf(deployment);
  for (const { id } of deployment.markets.slice(1)) {
    const card = { ...first, market: id };
    const signatures = await signed(marketCardTypedData(deployment, card) as HashTypedDataParameters, 2);
    await act('buyer', publishMarketCard({ deployment, card, signatures }));
  }
}

/** What an account holds of a token. */
export function balanceOf(token: Address, account: Address): Promise<bigint> {
  return readContract(client, { address: token, abi: tokenAbi, functionName: 'balanceOf', args: [account] });
}

/** Buys cover of the first pool for the buyer, at whatever price. */
export async function cover(
  deployment: Deployment,
  purchase: Pick<BuyParameters, 'cover'> & Partial<BuyParameters>,
): Promise<bigint> {
  const { pool, market } = firstOf(deployment);
  const recipient = people.buyer.address;
  const usual = { deployment, pool, market: market.id, coverDays: 30, recipient, maxPremium: 20_000n * USD };
  const { logs } = await act('buyer', buy({ ...usual, ...purchase }));
  const [bought] = decodePurchases(logs);
  if (!bought) throw new Error('no purchase in the receipt');
  return bought.id;
}

/** Puts dollars into a tranche; by default 500,000 into the junior one. */
export async function underwrite(
  deployment: Deployment,
  tranche: TrancheName = 'junior',
  dollars = 500_000n,
): Promise<void> {
  const { pool } = firstOf(deployment);
  const receiver = people.underwriter.address;
  await act('underwriter', deposit({ deployment, pool, tranche, assets: dollars * USD, receiver }));
}

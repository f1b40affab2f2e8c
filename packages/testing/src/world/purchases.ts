import {
  approveSurrender,
  buy,
  buyMany,
  type Deployment,
  decodePurchases,
  type MarketEntry,
  type PoolEntry,
  tokenAbi,
} from '@breakwater/sdk';
import { type Address, encodeFunctionData, parseEther, type TransactionReceipt } from 'viem';
import { setBalance } from 'viem/actions';
import { balanceOf } from '../insured/chain.ts';
import type { InsuredWorld } from '../insured/index.ts';
import { insuredKinds, seedPositions } from '../insured/index.ts';
import type { WorldClient } from './anvil.ts';
import { insuredMarkets } from './cards.ts';
import { DAY, now } from './clock.ts';
import { mintManyOrder } from './dollar.ts';
import { type Holder, type PlannedCover, positionsOf } from './holders.ts';
import { type Order, sendAll, withManualMining } from './transactions.ts';

/** A cover that was bought. */
export type SoldCover = {
  readonly id: bigint;
  readonly holder: Holder;
  readonly planned: PlannedCover;
  readonly premium: bigint;
};

/** Most that a cover may cost, parts of it. */
const maxPremiumPart = 20n;

/** Holders whose transactions share a block. */
const holdersPerBlock = 80;

const gas = { approve: 100_000n, buy: 1_200_000n } as const;

/** Gives holders ether for gas and asset for premiums, and opens their positions. */
export async function fundHolders(
  client: WorldClient,
  insured: InsuredWorld,
  holders: readonly Holder[],
): Promise<void> {
  await Promise.all(
    holders.map(({ account }) => setBalance(client, { address: account.address, value: parseEther('10') })),
  );
  const mints = chunks(holders, 300).map((part) =>
    mintManyOrder(
      insured.asset,
      part.map(({ account }) => account.address),
      part.map(mostPremium),
    ),
  );
  await withManualMining(client, () => sendAll(client, mints));
  for (const kind of insuredKinds) {
    const positions = positionsOf(holders, kind);
    if (positions.length > 0) await seedPositions(insured, kind, positions);
  }
}

/**
 * Each holder approves the payment, approves the surrender of the position and buys, in transactions of its own.
 * @returns the covers in the order in which they were bought
 */
export async function buyCovers(
  client: WorldClient,
  world: { deployment: Deployment; insured: InsuredWorld },
  holders: readonly Holder[],
): Promise<SoldCover[]> {
  const deadline = (await now(client)) + DAY;
  const sold: SoldCover[] = [];
  await withManualMining(client, async () => {
    for (const part of chunks(holders, holdersPerBlock)) {
      const orders = await Promise.all(part.map((holder) => ordersOf(client, world, holder, deadline)));
      const receipts = await sendAll(client, orders.flat());
      let at = 0;
      part.forEach((holder, i) => {
        const own = receipts.slice(at, at + (orders[i]?.length ?? 0));
        at += own.length;
        sold.push(...readSold(holder, own));
      });
    }
  });
  return sold;
}

async function ordersOf(
  client: WorldClient,
  { deployment, insured }: { deployment: Deployment; insured: InsuredWorld },
  holder: Holder,
  deadline: bigint,
): Promise<Order[]> {
  const { account } = holder;
  const payees = holder.viaRouter
    ? [deployment.addresses.router]
    : [...new Set(holder.covers.map(({ pool }) => poolAt(deployment, pool).address))];
  const payments = payees.map((spender): Order => {
    const args = [spender, mostPremium(holder)] as const;
    const data = encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args });
    return { account, to: insured.asset, data, gas: gas.approve };
  });
  const surrenders = await Promise.all(
    insuredKinds
      .filter((kind) => holder.positions[kind] !== undefined)
      .map(async (kind): Promise<Order> => {
        const positionToken = insured.protocols[kind].position.token;
        const units = await balanceOf(client, positionToken, account.address);
        const { to, data } = approveSurrender({ deployment, positionToken, units }).transaction;
        return { account, to, data, gas: gas.approve };
      }),
  );
  return [...payments, ...surrenders, ...purchasesOf(deployment, holder, deadline)];
}

function purchasesOf(
  deployment: Deployment,
  { account, covers, viaRouter }: Holder,
  deadline: bigint,
): Order[] {
  const legs = covers.map(({ pool, kind, cover, days }) => ({
    pool: poolAt(deployment, pool),
    market: marketOf(deployment, kind).id,
    cover,
    coverDays: days,
    recipient: account.address,
    maxPremium: cover / maxPremiumPart,
  }));
  if (!viaRouter) {
    return legs.map((leg) => {
      const { to, data } = buy({ deployment, ...leg }).transaction;
      return { account, to, data, gas: gas.buy };
    });
  }
  const maxTotal = legs.reduce((sum, { maxPremium }) => sum + maxPremium, 0n);
  const { to, data } = buyMany({ deployment, purchases: legs, maxTotal, deadline }).transaction;
  return [{ account, to, data, gas: gas.buy * BigInt(legs.length + 1) }];
}

function readSold(holder: Holder, receipts: readonly TransactionReceipt[]): SoldCover[] {
  const bought = decodePurchases(receipts.flatMap(({ logs }) => logs));
  if (bought.length !== holder.covers.length) {
    throw new Error(`holder ${holder.number} has ${bought.length} covers, not ${holder.covers.length}`);
  }
  return bought.map(({ id, premium }, i) => ({
    id,
    holder,
    planned: holder.covers[i] as PlannedCover,
    premium,
  }));
}

function mostPremium({ covers }: Holder): bigint {
  return covers.reduce((sum, { cover }) => sum + cover / maxPremiumPart, 0n);
}

function poolAt(deployment: Deployment, place: number): PoolEntry {
  const pool = deployment.pools[place];
  if (!pool) throw new Error(`the deployment has no pool at ${place}`);
  return pool;
}

function marketOf(deployment: Deployment, kind: PlannedCover['kind']): MarketEntry {
  const found = insuredMarkets(deployment).find((candidate) => candidate.kind === kind);
  if (!found) throw new Error(`the deployment has no market on ${kind}`);
  return found.market;
}

/** Asset that accounts hold, one entry each. */
export function readBalances(
  client: WorldClient,
  asset: Address,
  accounts: readonly Address[],
): Promise<bigint[]> {
  return Promise.all(accounts.map((account) => balanceOf(client, asset, account)));
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}

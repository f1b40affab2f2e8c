import {
  type Deployment,
  decodeCoverId,
  decodeCoverTerms,
  getIncident,
  type Incident,
  incidentBoardAbi,
  liveTriggerAbi,
  type MarketEntry,
  marketKeyOf,
  observe,
  type PoolEntry,
  payBatch,
  poolAbi,
  sample,
  settleIncident,
  type Transaction,
  unwindStream,
} from '@breakwater/sdk';
import type { LocalAccount, TransactionReceipt } from 'viem';
import { getBlockNumber, getContractEvents, readContract } from 'viem/actions';
import { blockGasLimit, type WorldClient } from './anvil.ts';
import { mineTo } from './clock.ts';
import { type Order, sendAll } from './transactions.ts';

/** Who does what anyone may do, and where. */
export type Keeper = {
  readonly client: WorldClient;
  readonly deployment: Deployment;
  readonly account: LocalAccount;
};

/** Payments in one transaction: with room to spare as many as fit a fourth of a block. */
const paymentsPerBatch = 100;
const gas = {
  observe: 1_500_000n,
  sample: 2_500_000n,
  settle: 3_000_000n,
  /** The same for every batch: a node may pass over one that does not fit a block, and then drops those after it. */
  pay: blockGasLimit / 4n - 1_000_000n,
  unwind: 2_000_000n,
} as const;

/** Records the health of markets. Blocks must not come by themselves. */
export async function observeAll(keeper: Keeper, markets: readonly MarketEntry[]): Promise<void> {
  const { deployment } = keeper;
  const orders = markets.map(({ terms }) =>
    orderOf(keeper, observe({ deployment, terms }).transaction, gas.observe),
  );
  await sendAll(keeper.client, orders);
}

/**
 * Samples a broken market as often as the live trigger asks for and as early as it counts, until the incident is final.
 * Blocks must not come by themselves.
 * @param onSample told of each sample that counted
 */
export async function recognise(
  keeper: Keeper,
  market: MarketEntry,
  onSample: (samples: number) => Promise<void>,
): Promise<Incident> {
  const { client, deployment } = keeper;
  const { terms, id } = market;
  const trigger = { address: deployment.addresses.liveTrigger, abi: liveTriggerAbi } as const;
  const board = { address: deployment.addresses.board, abi: incidentBoardAbi } as const;
  for (let samples = 1; ; samples++) {
    const { nextBlock } = await readContract(client, { ...trigger, functionName: 'progress', args: [id] });
    // The sample goes into the block after the one that is mined last.
    await mineTo(client, BigInt(nextBlock) - 1n);
    await sendAll(client, [orderOf(keeper, sample({ deployment, terms }).transaction, gas.sample)]);
    await onSample(samples);
    const number = await readContract(client, { ...board, functionName: 'incidentOf', args: [id] });
    const incident = await getIncident(client, { deployment, incident: number });
    if (incident.state === 'final') return incident;
  }
}

/**
 * Declares an incident in every pool and pays every cover that was active, all put into the mempool at once. Blocks must
 * not come by themselves.
 */
export async function settleAndPay(keeper: Keeper, incident: Incident): Promise<TransactionReceipt[]> {
  const { deployment } = keeper;
  const settlements = deployment.pools.map((pool) =>
    orderOf(keeper, settleIncident({ deployment, pool, incident: incident.number }).transaction, gas.settle),
  );
  const payments = await Promise.all(
    deployment.pools.map(async (pool) =>
      batches(await coversActive(keeper, pool, incident)).map((covers) =>
        orderOf(keeper, payBatch({ deployment, pool, covers }).transaction, gas.pay),
      ),
    ),
  );
  return sendAll(keeper.client, [...settlements, ...payments.flat()]);
}

/** Takes the ended market's premium out of the streams. Blocks must not come by themselves. */
export async function unwindStreams(keeper: Keeper, incident: Incident): Promise<void> {
  const { deployment } = keeper;
  const orders = deployment.pools.map((pool) =>
    orderOf(keeper, unwindStream({ deployment, pool, incident: incident.number }).transaction, gas.unwind),
  );
  await sendAll(keeper.client, orders);
}

/** Covers of a pool that were active when the incident happened, found in the pool's logs. */
async function coversActive(
  { client, deployment }: Keeper,
  pool: PoolEntry,
  { market, eventTime }: Incident,
): Promise<bigint[]> {
  const bought = await getContractEvents(client, {
    address: pool.address,
    abi: poolAbi,
    eventName: 'CoverBought',
    fromBlock: deployment.block,
    toBlock: await getBlockNumber(client),
    strict: true,
  });
  const key = marketKeyOf(market);
  return bought.flatMap(({ args }) => {
    const { start, end } = decodeCoverTerms(args.terms);
    const isActive = start <= eventTime && eventTime < end;
    return isActive && marketKeyOfCover(args.cover) === key ? [args.cover] : [];
  });
}

/** A cover's number within its pool starts with its market's key; 24 bits count the covers. */
function marketKeyOfCover(cover: bigint): bigint {
  return decodeCoverId(cover).sequence >> 24n;
}

function batches(covers: readonly bigint[]): bigint[][] {
  return Array.from({ length: Math.ceil(covers.length / paymentsPerBatch) }, (_, i) =>
    covers.slice(i * paymentsPerBatch, (i + 1) * paymentsPerBatch),
  );
}

function orderOf({ account }: Keeper, { to, data }: Transaction, limit: bigint): Order {
  return { account, to, data, gas: limit };
}

import { decodeError } from '@breakwater/sdk';
import {
  type Address,
  type Hash,
  type Hex,
  keccak256,
  type LocalAccount,
  type TransactionReceipt,
} from 'viem';
import {
  call,
  getBlock,
  getTransactionCount,
  getTransactionReceipt,
  mine,
  sendRawTransaction,
  setAutomine,
} from 'viem/actions';
import { localChainId, requestBatch, type WorldClient } from './anvil.ts';

/** A call that an account signs and sends. */
export type Order = {
  readonly account: LocalAccount;
  readonly to: Address;
  readonly data: Hex;
  readonly gas: bigint;
};

/** The call of an order, for who sends it in another way. */
export function targetOf({ to, data }: Order): { target: Address; data: Hex } {
  return { target: to, data };
}

/** Most that the world's accounts pay for a unit of gas, wei. */
const maxFeePerGas = 1_000n * 10n ** 9n;

/** Runs `work` while blocks come only when they are asked for. */
export async function withManualMining<T>(client: WorldClient, work: () => Promise<T>): Promise<T> {
  await setAutomine(client, false);
  try {
    return await work();
  } finally {
    await setAutomine(client, true);
  }
}

/**
 * Signs orders, puts them into the mempool in their order and mines until all are in blocks. Blocks must not come by
 * themselves.
 * @returns receipts in the order of the orders
 * @throws the reason of the first that reverts
 */
export async function sendAll(client: WorldClient, orders: readonly Order[]): Promise<TransactionReceipt[]> {
  const signed = await signAll(client, orders);
  const receipts = await mineAll(client, signed);
  const failed = receipts.findIndex(({ status }) => status !== 'success');
  const [order, receipt] = [orders[failed], receipts[failed]];
  if (order && receipt) throw await reasonOf(client, order, receipt);
  return receipts;
}

async function signAll(client: WorldClient, orders: readonly Order[]): Promise<Hex[]> {
  const nonces = await noncesOf(client, orders);
  return Promise.all(
    orders.map(({ account, to, data, gas }, i) =>
      account.signTransaction({
        type: 'eip1559',
        chainId: localChainId,
        nonce: nonces[i] ?? 0,
        to,
        data,
        gas,
        maxFeePerGas,
        maxPriorityFeePerGas: 10n ** 9n,
      }),
    ),
  );
}

async function noncesOf(client: WorldClient, orders: readonly Order[]): Promise<number[]> {
  const addresses = [...new Set(orders.map(({ account }) => account.address))];
  const counts = await Promise.all(addresses.map((address) => getTransactionCount(client, { address })));
  const next = new Map(addresses.map((address, i) => [address, counts[i] ?? 0]));
  return orders.map(({ account }) => {
    const nonce = next.get(account.address) ?? 0;
    next.set(account.address, nonce + 1);
    return nonce;
  });
}

async function mineAll(client: WorldClient, signed: readonly Hex[]): Promise<TransactionReceipt[]> {
  const hashes = signed.map((transaction) => keccak256(transaction));
  const receipts = new Map<Hash, TransactionReceipt>();
  let isFresh = false;
  await submit(client, signed);
  while (receipts.size < hashes.length) {
    await mine(client, { blocks: 1 });
    const { transactions } = await getBlock(client);
    const mined = transactions.filter((hash) => !receipts.has(hash));
    const found = await Promise.all(mined.map((hash) => getTransactionReceipt(client, { hash })));
    for (const receipt of found) receipts.set(receipt.transactionHash, receipt);
    if (mined.length > 0) {
      isFresh = false;
      continue;
    }
    if (isFresh) throw new Error(`${hashes.length - receipts.size} transactions are not mined`);
    // Anvil drops what comes after a transaction of the same account that did not fit a block.
    await submit(
      client,
      signed.filter((_, i) => !receipts.has(hashes[i] as Hash)),
    );
    isFresh = true;
  }
  return hashes.flatMap((hash) => receipts.get(hash) ?? []);
}

/** One request of many transactions after the other, so that they arrive in their order. */
async function submit(client: WorldClient, signed: readonly Hex[]): Promise<void> {
  for (let start = 0; start < signed.length; start += requestBatch) {
    const part = signed.slice(start, start + requestBatch);
    await Promise.all(
      part.map((serializedTransaction) => sendRawTransaction(client, { serializedTransaction })),
    );
  }
}

async function reasonOf(client: WorldClient, order: Order, receipt: TransactionReceipt): Promise<Error> {
  const { account, to, data, gas } = order;
  // After its block: what it needed of the transactions before it in the block is there.
  const { blockNumber } = receipt;
  return call(client, { account: account.address, to, data, gas, blockNumber }).then(
    () => new Error(`transaction ${receipt.transactionHash} of ${account.address} reverted`),
    (cause: unknown) => decodeError(cause),
  );
}

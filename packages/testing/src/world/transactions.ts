import { decodeError } from '@breakwater/sdk';
import type { Address, Hash, Hex, LocalAccount, TransactionReceipt } from 'viem';
import {
  call,
  getBlock,
  getTransactionCount,
  getTransactionReceipt,
  mine,
  sendRawTransaction,
  setAutomine,
} from 'viem/actions';
import { localChainId, type WorldClient } from './anvil.ts';

/** A call that an account signs and sends. */
export type Order = {
  readonly account: LocalAccount;
  readonly to: Address;
  readonly data: Hex;
  readonly gas: bigint;
};

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
  const hashes = await submitAll(client, orders);
  const receipts = await mineAll(client, hashes);
  const failed = receipts.findIndex(({ status }) => status !== 'success');
  const [order, receipt] = [orders[failed], receipts[failed]];
  if (order && receipt) throw await reasonOf(client, order, receipt);
  return receipts;
}

async function submitAll(client: WorldClient, orders: readonly Order[]): Promise<Hash[]> {
  const nonces = await noncesOf(client, orders);
  const signed = await Promise.all(
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
  return Promise.all(
    signed.map((serializedTransaction) => sendRawTransaction(client, { serializedTransaction })),
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

async function mineAll(client: WorldClient, hashes: readonly Hash[]): Promise<TransactionReceipt[]> {
  const receipts = new Map<Hash, TransactionReceipt>();
  while (receipts.size < hashes.length) {
    await mine(client, { blocks: 1 });
    const { transactions } = await getBlock(client);
    const mined = transactions.filter((hash) => !receipts.has(hash));
    if (mined.length === 0) throw new Error(`${hashes.length - receipts.size} transactions are not mined`);
    const found = await Promise.all(mined.map((hash) => getTransactionReceipt(client, { hash })));
    for (const receipt of found) receipts.set(receipt.transactionHash, receipt);
  }
  return hashes.map((hash) => {
    const receipt = receipts.get(hash);
    if (!receipt) throw new Error(`transaction ${hash} is not mined`);
    return receipt;
  });
}

async function reasonOf(client: WorldClient, order: Order, receipt: TransactionReceipt): Promise<Error> {
  const { account, to, data, gas } = order;
  const blockNumber = receipt.blockNumber - 1n;
  return call(client, { account: account.address, to, data, gas, blockNumber }).then(
    () => new Error(`transaction ${receipt.transactionHash} of ${account.address} reverted`),
    (cause: unknown) => decodeError(cause),
  );
}

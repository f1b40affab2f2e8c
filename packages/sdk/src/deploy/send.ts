import type { Account, Address, Client, Hex, TransactionReceipt } from 'viem';
import {
  call,
  estimateGas,
  getBalance,
  getTransactionCount,
  sendRawTransaction,
  sendTransaction,
  waitForTransactionReceipt,
} from 'viem/actions';
import type { Transaction } from '../action.ts';
import { inputError } from '../errors/BreakwaterError.ts';
import { decodeError } from '../errors/decode.ts';
import type { Wallet } from '../execute.ts';
import { deploymentProxy } from './addresses.ts';
import { contracts } from './artifacts.ts';
import { deployError } from './errors.ts';
import type { DeployStep } from './types.ts';

/** Who sends, and how what was sent is followed. */
export type Sender = {
  readonly wallet: Wallet;
  readonly client: Client;
  readonly account: Account | Address;
  /** Longest wait for a transaction, milliseconds. */
  readonly timeout: number;
  readonly onHash: (hash: Hex) => void;
};

/**
 * Sends the transaction of a step and waits for it.
 * @throws BreakwaterError why it fails, with what to do about it
 */
export async function sendStep(sender: Sender, step: DeployStep): Promise<TransactionReceipt> {
  if (step.kind === 'proxy') return sendProxy(sender, step.transaction);
  try {
    return await send(sender, step.transaction);
  } catch (cause) {
    const error = decodeError(cause);
    if (step.kind !== 'contract' || !error.name.startsWith('Deployment')) throw error;
    throw (await constructorError(sender, step)) ?? error;
  }
}

async function send(
  { wallet, client, account, timeout, onHash }: Sender,
  transaction: Transaction,
): Promise<TransactionReceipt> {
  const estimate = await estimateGas(client, { account, ...transaction });
  const gas = estimate + estimate / 5n;
  const hash = await sendTransaction(wallet, { ...transaction, account, chain: wallet.chain ?? null, gas });
  onHash(hash);
  const receipt = await waitForTransactionReceipt(client, { hash, timeout });
  if (receipt.status === 'reverted') {
    throw inputError('TransactionReverted', { hash: receipt.transactionHash });
  }
  return receipt;
}

/** The deployment proxy is made by a transaction of its own account, which must first be able to pay for it. */
async function sendProxy(sender: Sender, funding: Transaction): Promise<TransactionReceipt> {
  const { client, timeout } = sender;
  const balance = await getBalance(client, { address: deploymentProxy.signer });
  if (balance < deploymentProxy.funds) {
    await send(sender, { ...funding, value: deploymentProxy.funds - balance });
  }
  try {
    const hash = await sendRawTransaction(client, { serializedTransaction: deploymentProxy.transaction });
    sender.onHash(hash);
    return await waitForTransactionReceipt(client, { hash, timeout });
  } catch (cause) {
    const { message: reason } = decodeError(cause);
    throw deployError('DeploymentProxyMissing', { address: deploymentProxy.address, reason }, cause);
  }
}

/** Runs the constructor alone: what made it revert gets lost on the way through the deploying contract. */
async function constructorError(
  { client, account }: Sender,
  step: Extract<DeployStep, { kind: 'contract' }>,
) {
  try {
    await call(client, { account, data: step.creationCode });
    return undefined;
  } catch (cause) {
    const { message: reason, instruction } = decodeError(cause);
    return deployError(
      'ConstructorFailed',
      { contract: contracts[step.contract], reason, instruction },
      cause,
    );
  }
}

/**
 * Waits until nothing that the account sent before is open: what an earlier run sent and did not see mined counts.
 * @throws TransactionsPending
 */
export async function waitForEarlier(client: Client, address: Address, timeout: number): Promise<void> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const [mined, sent] = await Promise.all([
      getTransactionCount(client, { address, blockTag: 'latest' }),
      getTransactionCount(client, { address, blockTag: 'pending' }),
    ]);
    if (sent <= mined) return;
    if (Date.now() > deadline) {
      throw deployError('TransactionsPending', { count: sent - mined, account: address });
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

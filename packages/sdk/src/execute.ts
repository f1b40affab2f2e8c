import type { Account, Address, Chain, Client, Hex, TransactionReceipt, Transport } from 'viem';
import { call, estimateGas, sendTransaction, waitForTransactionReceipt } from 'viem/actions';
import type { Action, Transaction } from './action.ts';
import { type BreakwaterError, inputError } from './errors/BreakwaterError.ts';
import { decodeError } from './errors/decode.ts';
import type { ErrorContext } from './errors/explain.ts';
import { whereIs } from './errors/transport.ts';
import { checkRequirements } from './requirements/check.ts';

/** A viem client that can sign and send. */
export type Wallet = Client<Transport, Chain | undefined, Account | undefined>;

/** Where an action that is being sent stands. */
export type Progress =
  | { readonly stage: 'checking' }
  | { readonly stage: 'confirming'; readonly text: string }
  | { readonly stage: 'waiting'; readonly text: string; readonly hash: Hex };

export type SendOptions = {
  /** Sender, when the wallet has no account of its own. */
  account?: Account | Address | undefined;
  /** Asset that amounts in errors are shown in. */
  context?: ErrorContext | undefined;
  /** Called before each thing that takes time. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Blocks on top of the one it is mined in; 1 by default. */
  confirmations?: number | undefined;
  /** Longest wait for a transaction, milliseconds; 180,000 by default. */
  timeout?: number | undefined;
};

/**
 * Sends an action: checks the chain, fulfils what is still required (exact approval, reset to zero first where the
 * token wants that), simulates, sends, and waits for the receipt.
 * @param wallet signs and sends
 * @param client reads, simulates and waits
 * @returns the receipt of the action's transaction
 * @throws BreakwaterError whatever goes wrong, with what to do about it
 */
export async function sendAction(
  wallet: Wallet,
  client: Client,
  action: Action,
  options: SendOptions = {},
): Promise<TransactionReceipt> {
  const account = options.account ?? wallet.account;
  if (!account) throw inputError('AccountMissing');
  const send = (transaction: Transaction, text: string) =>
    sendOne({ wallet, client, account, transaction, text, options });
  try {
    options.onProgress?.({ stage: 'checking' });
    await checkChain(wallet, action.chainId);
    await checkChain(client, action.chainId);
    for (const { steps, error } of await checkRequirements(
      client,
      account,
      action.requirements,
      options.context,
    )) {
      if (steps.length === 0) throw error;
      for (const step of steps) await send(step.transaction, step.text);
    }
    const unfulfilled = (await checkRequirements(client, account, action.requirements, options.context))[0];
    if (unfulfilled) throw unfulfilled.error;
    await simulateAction(client, action, { account, context: options.context });
    return await send(action.transaction, action.summary.text);
  } catch (error) {
    throw decodeError(error, options.context);
  }
}

/**
 * Runs an action against the current state without sending it.
 * @returns what the call returns
 * @throws BreakwaterError why it would fail, with what to do about it
 */
export async function simulateAction(
  client: Client,
  action: Action,
  { account, context }: { account: Account | Address; context?: ErrorContext | undefined },
): Promise<Hex> {
  try {
    const { data } = await call(client, { account, ...action.transaction });
    return data ?? '0x';
  } catch (error) {
    throw decodeError(error, context);
  }
}

/**
 * Reads the chain that a client is on.
 * @throws RpcUnreachable, RpcTimeout, RpcInvalid and the like
 */
export async function readChainId(client: Client): Promise<number> {
  const id: unknown = await client.request({ method: 'eth_chainId' }).catch((error: unknown) => {
    throw decodeError(error);
  });
  if (typeof id === 'string' && /^0x[0-9a-f]{1,13}$/i.test(id)) return Number(id);
  throw inputError('RpcInvalid', { url: whereIs(client.transport.url), reason: 'it gives no chain id' });
}

/**
 * Checks that a client is on the chain that is expected.
 * @throws ChainDiffers, and RpcUnreachable and the like
 */
export async function checkChain(client: Client, expected: number): Promise<void> {
  const actual = await readChainId(client);
  if (actual !== expected) throw inputError('ChainDiffers', { actual, expected });
}

type Sending = {
  readonly wallet: Wallet;
  readonly client: Client;
  readonly account: Account | Address;
  readonly transaction: Transaction;
  readonly text: string;
  readonly options: SendOptions;
};

async function sendOne(sending: Sending): Promise<TransactionReceipt> {
  const { wallet, client, account, transaction, text, options } = sending;
  const gas = await gasFor(sending);
  options.onProgress?.({ stage: 'confirming', text });
  const hash = await sendTransaction(wallet, { ...transaction, account, gas, chain: wallet.chain ?? null });
  options.onProgress?.({ stage: 'waiting', text, hash });
  let replaced: BreakwaterError | undefined;
  const receipt = await waitForTransactionReceipt(client, {
    hash,
    confirmations: options.confirmations ?? 1,
    timeout: options.timeout ?? 180_000,
    onReplaced: ({ reason, transaction: by }) => {
      // A wallet that speeds a transaction up sends the same call again: that one counts.
      if (reason !== 'repriced') replaced = inputError('TransactionReplaced', { hash, by: by.hash, reason });
    },
  });
  if (replaced) throw replaced;
  if (receipt.status === 'reverted') throw await revertOf(sending, receipt);
  return receipt;
}

/**
 * Gas to offer. A pool does more when time has passed since it was last touched than in the block of the estimate, so
 * there is a margin; what is not used is not paid.
 */
async function gasFor({ client, account, transaction }: Sending): Promise<bigint> {
  const { gas: least = 0n, ...call } = transaction;
  const estimate = await estimateGas(client, { account, ...call });
  const offered = (estimate * 5n) / 4n + 50_000n;
  return offered > least ? offered : least;
}

/** Why a mined transaction reverted, as far as running it again after its block shows it. */
async function revertOf(
  { client, account, transaction, options }: Sending,
  { blockNumber, transactionHash: hash }: TransactionReceipt,
): Promise<BreakwaterError> {
  const cause = await call(client, { account, ...transaction, blockNumber }).then(
    () => undefined,
    (error: unknown) => decodeError(error, options.context),
  );
  const reason =
    cause?.message.replace(/\.$/, '') ?? 'the same call succeeds now, so it ran out of gas or came too late';
  return inputError('TransactionReverted', { hash, reason }, { cause });
}

import type { Account, Address, Chain, Client, Hash, Hex, TransactionReceipt, Transport } from 'viem';
import { encodeDeployData, encodeFunctionData, erc20Abi, getAddress, parseAbi } from 'viem';
import { estimateGas, readContract, sendTransaction, waitForTransactionReceipt } from 'viem/actions';
import type { Artifact } from './artifacts.ts';

/** A viem client of the local chain. Blocks must come by themselves: automine or an interval. */
export type LocalClient = Client<Transport, Chain>;

/** Who sends: an account that signs here, or the address of one that anvil has unlocked. */
export type Sender = Account | Address;

/** One call to make: target and calldata. */
export type Call = { target: Address; data: Hex };

/** A client and the account that deploys with it. */
export type Deployer = { client: LocalClient; deployer: Sender };

const batchAbi = parseAbi(['struct Call { address target; bytes data; }', 'function run(Call[] calls)']);

/** Positions in one transaction, and gas enough for them in any protocol here (67k each at most). */
const batchSize = 100;
const batchGas = 10_000_000n;

/** Deploys a contract and gives its address. */
export async function deploy(
  { client, deployer }: Deployer,
  artifact: Artifact,
  args: readonly unknown[] = [],
): Promise<Address> {
  const data = encodeDeployData({ abi: artifact.abi, bytecode: artifact.bytecode, args });
  const { contractAddress } = await send(client, deployer, { data });
  if (!contractAddress) throw new Error('the deployment made no contract');
  return getAddress(contractAddress);
}

/** Sends one transaction, waits for it, and throws unless it succeeded. */
export async function send(
  client: LocalClient,
  sender: Sender,
  { target, data }: { target?: Address; data: Hex },
  gas?: bigint,
): Promise<TransactionReceipt> {
  const hash = await submit(client, sender, { target, data }, gas);
  return confirmed(client, hash);
}

/** Sends several calls, one transaction each, in order. */
export async function sendAll({ client, deployer }: Deployer, calls: readonly Call[]): Promise<void> {
  for (const call of calls) await send(client, deployer, call);
}

/** Groups of calls, one group a position, packed into few transactions through a `CallBatch`. */
export async function runBatched(
  { client, deployer }: Deployer,
  batch: Address,
  groups: readonly (readonly Call[])[],
): Promise<TransactionReceipt[]> {
  const receipts: TransactionReceipt[] = [];
  for (let start = 0; start < groups.length; start += batchSize) {
    const call = batchCall(batch, groups.slice(start, start + batchSize).flat());
    // Each before the next: two at once may share a block or not, and the world is to be the same every time.
    receipts.push(await send(client, deployer, call, batchGas));
  }
  return receipts;
}

/** The call that makes a `CallBatch` run `calls`. */
export function batchCall(batch: Address, calls: readonly Call[]): Call {
  return {
    target: batch,
    data: encodeFunctionData({ abi: batchAbi, functionName: 'run', args: [calls] }),
  };
}

/** An ERC-20 transfer. */
export function transferCall(token: Address, to: Address, amount: bigint): Call {
  const args = [to, amount] as const;
  return { target: token, data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args }) };
}

/** An ERC-20 approval without limit. */
export function approveCall(token: Address, spender: Address): Call {
  const args = [spender, 2n ** 256n - 1n] as const;
  return { target: token, data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args }) };
}

/** An ERC-20 balance, now or at a block. */
export function balanceOf(
  client: LocalClient,
  token: Address,
  holder: Address,
  blockNumber?: bigint,
): Promise<bigint> {
  return readContract(client, {
    address: token,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [holder],
    ...(blockNumber === undefined ? {} : { blockNumber }),
  });
}

/** The address behind a sender. */
export function addressOf(sender: Sender): Address {
  return typeof sender === 'string' ? sender : sender.address;
}

async function submit(
  client: LocalClient,
  sender: Sender,
  { target, data }: { target?: Address | undefined; data: Hex },
  gas?: bigint,
): Promise<Hash> {
  const request = { account: sender, data, ...(target === undefined ? {} : { to: target }) };
  // Interest accrues between the estimate and the block, which then costs more.
  const limit = gas ?? ((await estimateGas(client, request)) * 3n) / 2n;
  return sendTransaction(client, { ...request, chain: client.chain, gas: limit });
}

async function confirmed(client: LocalClient, hash: Hash): Promise<TransactionReceipt> {
  const receipt = await waitForTransactionReceipt(client, { hash, pollingInterval: 50 });
  if (receipt.status !== 'success') throw new Error(`transaction ${hash} reverted`);
  return receipt;
}

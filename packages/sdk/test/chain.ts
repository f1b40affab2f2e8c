import {
  type Abi,
  type Address,
  type Client,
  createClient,
  custom,
  decodeFunctionData,
  encodeErrorResult,
  encodeFunctionResult,
  type Hex,
  numberToHex,
} from 'viem';
import { errorsAbi } from '../src/abi/errors.ts';
import { deployment } from './world.ts';

/** What a function of a contract answers: a value, or a thrown error. */
export type Answer = (args: readonly unknown[]) => unknown;

/** Answers by `<address>.<function>` or by function alone. */
export type Answers = Record<string, Answer>;

export type Request = { method: string; params: readonly unknown[] };

/** Revert data as a node hands it over. */
export function revertWith(errorName: string, args: readonly unknown[]): Error {
  const data = encodeErrorResult({ abi: errorsAbi as Abi, errorName, args });
  return Object.assign(new Error('execution reverted'), { code: 3, data });
}

/** A client over a chain that exists only in the test. */
export function chain({
  abis,
  answers = {},
  other = {},
}: {
  abis: readonly (Abi | readonly unknown[])[];
  answers?: Answers;
  other?: Record<string, (params: readonly unknown[]) => unknown>;
}): { client: Client; requests: Request[] } {
  const requests: Request[] = [];
  const abi = abis.flat() as Abi;
  const request = async ({ method, params = [] }: { method: string; params?: readonly unknown[] }) => {
    requests.push({ method, params });
    const own = other[method];
    if (own) return own(params);
    if (method === 'eth_chainId') return numberToHex(deployment.chainId);
    if (method === 'eth_getBlockByNumber') return block(1_000n);
    if (method === 'eth_call') return answer(params[0] as { to: Address; data: Hex });
    throw Object.assign(new Error(`no ${method}`), { code: -32601 });
  };
  const answer = ({ to, data }: { to: Address; data: Hex }) => {
    const { functionName, args = [] } = decodeFunctionData({ abi, data });
    const given = answers[`${to.toLowerCase()}.${functionName}`] ?? answers[functionName];
    if (!given) throw new Error(`no answer for ${functionName}`);
    return encodeFunctionResult({ abi, functionName, result: given(args) });
  };
  const client = createClient({
    transport: custom({ request }, { retryCount: 0 }),
    cacheTime: 0,
    pollingInterval: 5,
  });
  return { client, requests };
}

/** A block with little in it. */
export function block(timestamp: bigint, number = 100n) {
  return {
    number: numberToHex(number),
    timestamp: numberToHex(timestamp),
    hash: `0x${'ab'.repeat(32)}`,
    parentHash: `0x${'cd'.repeat(32)}`,
    transactions: [],
    baseFeePerGas: '0x1',
    gasLimit: '0x1c9c380',
    gasUsed: '0x0',
    difficulty: '0x0',
    totalDifficulty: '0x0',
    size: '0x1',
  };
}

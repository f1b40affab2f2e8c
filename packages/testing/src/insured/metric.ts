import type { Abi, Address, Hex } from 'viem';
import { encodeFunctionData, hexToBigInt, parseAbi, slice } from 'viem';
import { call } from 'viem/actions';
import type { LocalClient } from './chain.ts';

/** One number read by a view call: a 32-byte word of what `target` returns for `data`. */
export type MetricTerm = { target: Address; data: Hex; word: number };

/** Terms and how they become one number. */
export type MetricPart = { combine: 'sum' | 'rootOfProduct'; terms: MetricTerm[] };

/**
 * What one share of a protocol is worth: `numerator / denominator`. Ordinary use never lowers it,
 * so a fall is a loss to every holder, and 1 - after / before is its severity.
 */
export type Metric = { description: string; numerator: MetricPart; denominator: MetricPart };

const WAD = 10n ** 18n;

const viewAbi = parseAbi([
  'function balanceOf(address) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
]);

/** A term from an ABI and the name of a view function. */
export function term(
  target: Address,
  abi: Abi,
  functionName: string,
  args: readonly unknown[] = [],
  word = 0,
): MetricTerm {
  return { target, data: encodeFunctionData({ abi, functionName, args }), word };
}

/** The term `token.balanceOf(holder)`. */
export function balanceTerm(token: Address, holder: Address): MetricTerm {
  return term(token, viewAbi, 'balanceOf', [holder]);
}

/** The term `token.totalSupply()`. */
export function supplyTerm(token: Address): MetricTerm {
  return term(token, viewAbi, 'totalSupply');
}

/**
 * Reads a metric at one block.
 *
 * @returns the value of a share with 18 decimals, rounded down
 */
export async function readMetric(client: LocalClient, metric: Metric, blockNumber?: bigint): Promise<bigint> {
  const [numerator, denominator] = await Promise.all([
    readPart(client, metric.numerator, blockNumber),
    readPart(client, metric.denominator, blockNumber),
  ]);
  return denominator === 0n ? 0n : (numerator * WAD) / denominator;
}

/** How much of a share's value is gone, with 18 decimals: 0 when nothing, 1e18 when all. */
export function severity(before: bigint, after: bigint): bigint {
  return before === 0n || after >= before ? 0n : WAD - (after * WAD) / before;
}

async function readPart(
  client: LocalClient,
  { combine, terms }: MetricPart,
  blockNumber: bigint | undefined,
): Promise<bigint> {
  const words = await Promise.all(terms.map((one) => readTerm(client, one, blockNumber)));
  if (combine === 'sum') return words.reduce((sum, word) => sum + word, 0n);
  return root(words.reduce((product, word) => product * word, 1n));
}

async function readTerm(
  client: LocalClient,
  { target, data, word }: MetricTerm,
  blockNumber: bigint | undefined,
): Promise<bigint> {
  const at = blockNumber === undefined ? {} : { blockNumber };
  const { data: result } = await call(client, { to: target, data, ...at });
  if (result === undefined) throw new Error(`${target} returned nothing`);
  return hexToBigInt(slice(result, 32 * word, 32 * word + 32));
}

/** The integer square root, rounded down. */
function root(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

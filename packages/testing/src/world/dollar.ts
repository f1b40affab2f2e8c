import { type Address, encodeFunctionData, parseAbi } from 'viem';
import { people } from './accounts.ts';
import type { Order } from './transactions.ts';

const dollarAbi = parseAbi([
  'function mint(address to, uint256 amount)',
  'function mintMany(address[] to, uint256[] amounts)',
]);

/** Mints the world's stable asset for one account. */
export function mintOrder(asset: Address, to: Address, amount: bigint): Order {
  const data = encodeFunctionData({ abi: dollarAbi, functionName: 'mint', args: [to, amount] });
  return { account: people.deployer, to: asset, data, gas: 100_000n };
}

/** Mints it for several accounts, at most 300. */
export function mintManyOrder(asset: Address, to: readonly Address[], amounts: readonly bigint[]): Order {
  const data = encodeFunctionData({ abi: dollarAbi, functionName: 'mintMany', args: [to, amounts] });
  return { account: people.deployer, to: asset, data, gas: 100_000n + 40_000n * BigInt(to.length) };
}

import { type Client, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import { poolAbi, poolFactoryAbi } from '../abi/index.ts';
import type { Deployment, PoolEntry } from '../deployment.ts';
import { inputError } from '../errors/BreakwaterError.ts';
import { tokenAbi } from '../standards.ts';
import { at, type ReadOptions, reading } from './read.ts';

/**
 * Reads what a manifest holds of a pool, for one made after the manifest was written.
 * @param index number of the pool in the factory, from 1
 * @returns the entry, whose `block` is that of the deployment and whose name is that of its junior shares
 * @throws PoolNotInDeployment when the factory has no such pool
 */
export function getPoolEntry(
  client: Client,
  { deployment, index, ...options }: { deployment: Deployment; index: bigint } & ReadOptions,
): Promise<PoolEntry> {
  return reading(async () => {
    const factory = { address: deployment.addresses.factory, abi: poolFactoryAbi, ...at(options) } as const;
    const [count, address] = await Promise.all([
      readContract(client, { ...factory, functionName: 'poolCount' }),
      readContract(client, { ...factory, functionName: 'poolAt', args: [index] }),
    ]);
    if (index === 0n || index > count || address === zeroAddress) {
      throw inputError('PoolNotInDeployment', { pool: `number ${index}`, chainId: deployment.chainId });
    }
    const [[junior, senior], asset] = await Promise.all([
      readContract(client, { ...factory, functionName: 'vaultsOf', args: [address] }),
      readContract(client, { address, abi: poolAbi, functionName: 'asset', ...at(options) }),
    ]);
    const token = { address: asset, abi: tokenAbi, ...at(options) } as const;
    const [symbol, decimals, name] = await Promise.all([
      readContract(client, { ...token, functionName: 'symbol' }),
      readContract(client, { ...token, functionName: 'decimals' }),
      readContract(client, { address: junior, abi: tokenAbi, functionName: 'name', ...at(options) }),
    ]);
    const { block } = deployment;
    return { index, name, address, junior, senior, asset: { address: asset, symbol, decimals }, block };
  });
}

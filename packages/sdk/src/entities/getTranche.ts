import { type Address, type Client, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import { trancheVaultAbi } from '../abi/index.ts';
import { type TrancheName, vaultOf } from '../actions/shared.ts';
import { type Deployment, findPool, type PoolEntry, type PoolReference } from '../deployment.ts';
import { at, type ReadOptions, reading } from './read.ts';

/** A tranche of a pool. */
export type Tranche = {
  readonly pool: PoolEntry;
  readonly name: TrancheName;
  readonly vault: Address;
  /** Asset units, premium earned so far included. */
  readonly totalAssets: bigint;
  readonly totalSupply: bigint;
  /** Assets of 1e18 shares, rounded down. */
  readonly sharePrice: bigint;
  /** Most that can be deposited now, asset units. */
  readonly maxDeposit: bigint;
};

const WAD = 10n ** 18n;

/**
 * Reads a tranche.
 * @throws PoolNotInDeployment, RpcUnreachable and the like
 */
export function getTranche(
  client: Client,
  parameters: { deployment: Deployment; pool: PoolReference; tranche: TrancheName } & ReadOptions,
): Promise<Tranche> {
  return reading(async () => {
    const pool = findPool(parameters.deployment, parameters.pool);
    const vault = vaultOf(pool, parameters.tranche);
    const contract = { address: vault, abi: trancheVaultAbi, ...at(parameters) } as const;
    const [totalAssets, totalSupply, sharePrice, maxDeposit] = await Promise.all([
      readContract(client, { ...contract, functionName: 'totalAssets' }),
      readContract(client, { ...contract, functionName: 'totalSupply' }),
      readContract(client, { ...contract, functionName: 'convertToAssets', args: [WAD] }),
      readContract(client, { ...contract, functionName: 'maxDeposit', args: [zeroAddress] }),
    ]);
    return { pool, name: parameters.tranche, vault, totalAssets, totalSupply, sharePrice, maxDeposit };
  });
}

import type { Client, ContractFunctionReturnType } from 'viem';
import { readContract } from 'viem/actions';
import { poolAbi } from '../abi/index.ts';
import { type Deployment, findPool, type PoolEntry, type PoolReference } from '../deployment.ts';
import { at, type ReadOptions, reading } from './read.ts';

/** Figures of a pool as the contract gives them; amounts in asset units. */
export type PoolState = ContractFunctionReturnType<typeof poolAbi, 'view', 'state'>;

export type Pool = PoolState & {
  readonly entry: PoolEntry;
  /** Capital of both tranches, asset units. */
  readonly capital: bigint;
  /** Required capital by pricing capital, 1e18 = 100 %, rounded up; 0 when the pool has no pricing capital. */
  readonly utilisation: bigint;
};

const WAD = 10n ** 18n;

/**
 * Reads the figures of a pool.
 * @throws PoolNotInDeployment, ContractMissing, RpcUnreachable and the like
 */
export function getPool(
  client: Client,
  { deployment, pool, ...options }: { deployment: Deployment; pool: PoolReference } & ReadOptions,
): Promise<Pool> {
  return reading(async () => {
    const entry = findPool(deployment, pool);
    const state = await readContract(client, {
      address: entry.address,
      abi: poolAbi,
      functionName: 'state',
      ...at(options),
    });
    const { requiredCapital, pricingCapital } = state;
    const utilisation =
      pricingCapital === 0n ? 0n : (requiredCapital * WAD + pricingCapital - 1n) / pricingCapital;
    return { ...state, entry, capital: state.junior + state.senior, utilisation };
  });
}

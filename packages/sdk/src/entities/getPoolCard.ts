import type { Client } from 'viem';
import { readContract } from 'viem/actions';
import { riskOracleAbi } from '../abi/index.ts';
import { type Deployment, findPool, type PoolReference } from '../deployment.ts';
import { at, type ReadOptions, reading } from './read.ts';

/** Card of a pool. */
export type PoolCard = {
  /** Tail multiplier, 1e4 = 1. */
  z: number;
  /** Expected loss rate of the senior tranche, 1e4 = 100 % a year. */
  elSenior: number;
};

/**
 * Reads a pool's card; the cautious bound when none was published.
 * @throws PoolNotInDeployment, RpcUnreachable and the like
 */
export function getPoolCard(
  client: Client,
  { deployment, pool, ...options }: { deployment: Deployment; pool: PoolReference } & ReadOptions,
): Promise<PoolCard> {
  return reading(async () => {
    const [z, elSenior] = await readContract(client, {
      address: deployment.addresses.oracle,
      abi: riskOracleAbi,
      functionName: 'poolCard',
      args: [findPool(deployment, pool).address],
      ...at(options),
    });
    return { z, elSenior };
  });
}

import type { Client, ContractFunctionReturnType } from 'viem';
import { readContract } from 'viem/actions';
import { poolAbi } from '../abi/index.ts';
import { type Deployment, findPool, type PoolReference } from '../deployment.ts';
import { at, type ReadOptions, reading } from './read.ts';

/** An incident within a pool as the contract gives it: severity 1e8 = 100 %, ratios 1e18 = 1, amounts in asset units. */
export type PoolIncident = ContractFunctionReturnType<typeof poolAbi, 'view', 'incidentState'>;

/**
 * Reads what an incident means for a pool.
 * @throws PoolNotInDeployment, RpcUnreachable and the like
 */
export function getPoolIncident(
  client: Client,
  parameters: { deployment: Deployment; pool: PoolReference; incident: bigint } & ReadOptions,
): Promise<PoolIncident> {
  return reading(() =>
    readContract(client, {
      address: findPool(parameters.deployment, parameters.pool).address,
      abi: poolAbi,
      functionName: 'incidentState',
      args: [parameters.incident],
      ...at(parameters),
    }),
  );
}

import type { Client, ContractFunctionReturnType, Hex } from 'viem';
import { readContract } from 'viem/actions';
import { poolAbi } from '../abi/index.ts';
import { type Deployment, findPool, type PoolReference } from '../deployment.ts';
import { checkBytes } from '../validate.ts';
import { at, type ReadOptions, reading } from './read.ts';

/** A market within a pool as the contract gives it; amounts in asset units. */
export type PoolMarket = ContractFunctionReturnType<typeof poolAbi, 'view', 'marketState'>;

/**
 * Reads what a pool carries of a market.
 * @throws PoolNotInDeployment, BytesInvalid, RpcUnreachable and the like
 */
export function getPoolMarket(
  client: Client,
  {
    deployment,
    pool,
    market,
    ...options
  }: { deployment: Deployment; pool: PoolReference; market: Hex } & ReadOptions,
): Promise<PoolMarket> {
  return reading(() =>
    readContract(client, {
      address: findPool(deployment, pool).address,
      abi: poolAbi,
      functionName: 'marketState',
      args: [checkBytes('market', market, 32)],
      ...at(options),
    }),
  );
}

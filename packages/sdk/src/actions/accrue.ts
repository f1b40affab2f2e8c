import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import type { OnPool } from './shared.ts';

export type AccrueParameters = OnPool;

/**
 * Earns the premium of a pool up to now. Anyone may send it; whoever deals with the pool does so by the way.
 * @throws PoolNotInDeployment
 */
export function accrue({ deployment, pool }: AccrueParameters): Action {
  const { address, name } = findPool(deployment, pool);
  return defineAction(deployment, {
    verb: 'accrue',
    text: `Earn the premium of ${name} up to now`,
    to: address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'accrue' }),
  });
}

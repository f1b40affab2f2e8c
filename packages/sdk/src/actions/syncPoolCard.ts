import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import type { OnPool } from './shared.ts';

export type SyncPoolCardParameters = OnPool;

/**
 * Has a pool take its published card: tail multiplier and expected loss of the senior tranche. Anyone may send it;
 * publishing does it by the way where there is gas enough.
 * @throws PoolNotInDeployment
 */
export function syncPoolCard({ deployment, pool }: SyncPoolCardParameters): Action {
  const { address, name } = findPool(deployment, pool);
  return defineAction(deployment, {
    verb: 'syncPoolCard',
    text: `Have ${name} take its risk card`,
    to: address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'syncPoolCard' }),
  });
}

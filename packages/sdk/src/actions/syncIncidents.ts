import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkUint } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type SyncIncidentsParameters = OnPool & {
  /** Number of the newest incident to take note of. */
  upTo: bigint;
};

/**
 * Has a pool take note of incidents, which holds back what the suspected markets' open cover could take. Anyone may
 * send it.
 * @throws ValueZero, PoolNotInDeployment
 */
export function syncIncidents({ deployment, pool, upTo }: SyncIncidentsParameters): Action {
  const number = checkUint('upTo', upTo, 256, 1n);
  return defineAction(deployment, {
    verb: 'syncIncidents',
    text: `Have the pool take note of incidents up to ${number}`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'syncIncidents', args: [number] }),
  });
}

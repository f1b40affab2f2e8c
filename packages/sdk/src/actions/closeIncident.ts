import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkUint } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type CloseIncidentParameters = OnPool & {
  /** Number of the incident on the board, from 1. */
  incident: bigint;
};

/**
 * After the claim window: gives what is left of the reserve to those who held shares at the declaration. Anyone may send
 * it.
 * @throws ValueZero, PoolNotInDeployment
 */
export function closeIncident({ deployment, pool, incident }: CloseIncidentParameters): Action {
  const number = checkUint('incident', incident, 256, 1n);
  return defineAction(deployment, {
    verb: 'closeIncident',
    text: `Close incident ${number} in the pool`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'closeIncident', args: [number] }),
  });
}

import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkUint } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type SettleIncidentParameters = OnPool & {
  /** Number of the incident on the board, from 1. */
  incident: bigint;
};

/**
 * Declares the loss of a confirmed or final incident in a pool, makes a declared one final, or undoes one that was
 * rejected. Anyone may send it; the work does not grow with the number of covers.
 * @throws ValueZero, PoolNotInDeployment
 */
export function settleIncident({ deployment, pool, incident }: SettleIncidentParameters): Action {
  const number = checkUint('incident', incident, 256, 1n);
  return defineAction(deployment, {
    verb: 'settleIncident',
    text: `Settle incident ${number} in the pool`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'settleIncident', args: [number] }),
  });
}

import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkUint } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type TopUpParameters = OnPool & {
  /** Number of the incident on the board, from 1. */
  incident: bigint;
};

/**
 * Raises the ratio of an incident that was paid below one, as capital held for others is released. Anyone may send it.
 * @throws ValueZero, PoolNotInDeployment
 */
export function topUp({ deployment, pool, incident }: TopUpParameters): Action {
  const number = checkUint('incident', incident, 256, 1n);
  return defineAction(deployment, {
    verb: 'topUp',
    text: `Top up the payments of incident ${number}`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'topUp', args: [number] }),
  });
}

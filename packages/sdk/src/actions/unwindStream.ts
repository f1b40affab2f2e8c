import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkUint } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type UnwindStreamParameters = OnPool & {
  /** Number of the incident that ended the market, from 1. */
  incident: bigint;
};

/**
 * Takes the premium of an ended market out of the stream, once, so that what is unearned can go back to its covers.
 * Anyone may send it; the work grows with days, not with covers.
 * @throws ValueZero, PoolNotInDeployment
 */
export function unwindStream({ deployment, pool, incident }: UnwindStreamParameters): Action {
  const number = checkUint('incident', incident, 256, 1n);
  return defineAction(deployment, {
    verb: 'unwindStream',
    text: `Take back the premium stream of the market that incident ${number} ended`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'unwindStream', args: [number] }),
  });
}

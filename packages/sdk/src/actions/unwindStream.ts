import { encodeFunctionData, type Hex } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkBytes, checkUint } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type UnwindStreamParameters = OnPool & {
  /** Id of the market. */
  market: Hex;
  /** Most days with starts or ends that are taken back, 64 by default. */
  maxDays?: bigint | undefined;
};

/**
 * Takes back the rates of an ended market, so that the unearned premium not due can go back. Anyone may send it.
 * @throws ValueZero, BytesInvalid, PoolNotInDeployment
 */
export function unwindStream({ deployment, pool, market, maxDays = 64n }: UnwindStreamParameters): Action {
  const id = checkBytes('market', market, 32);
  const days = checkUint('maxDays', maxDays, 256, 1n);
  return defineAction(deployment, {
    verb: 'unwindStream',
    text: `Take back the premium stream of the ended market ${id}`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'unwindStream', args: [id, days] }),
  });
}

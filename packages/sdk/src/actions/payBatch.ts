import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkList } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type PayBatchParameters = OnPool & {
  /** Numbers of covers, all of this pool; at most 500, since a payment takes about 20,000 gas. */
  covers: readonly bigint[];
};

/**
 * Pays many claims to their holders; skips those that are paid already, not eligible, or cannot receive. Anyone may
 * send it.
 * @throws ListEmpty, ListTooLong, PoolNotInDeployment
 */
export function payBatch({ deployment, pool, covers }: PayBatchParameters): Action {
  const ids = checkList('covers', covers, 500);
  return defineAction(deployment, {
    verb: 'payBatch',
    text: `Pay out ${ids.length} covers`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'payBatch', args: [ids] }),
  });
}

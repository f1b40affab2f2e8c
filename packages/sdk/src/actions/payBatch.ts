import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkList } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type PayBatchParameters = OnPool & {
  /**
   * Numbers of covers, all of this pool and of one market; at most 500, since a payment takes about 20,000 gas, and at
   * most 100 where broken positions are handed over.
   */
  covers: readonly bigint[];
};

/** A batch must have a million left for each proof, whatever that uses: less than a node estimates from it reverts. */
const gas = { once: 1_300_000n, each: 150_000n, most: 16_000_000n };

/**
 * Pays many claims to their holders; skips those that are paid already, not eligible, or cannot receive. Anyone may
 * send it.
 * @throws ListEmpty, ListTooLong, PoolNotInDeployment
 */
export function payBatch({ deployment, pool, covers }: PayBatchParameters): Action {
  const ids = checkList('covers', covers, 500);
  const least = gas.once + gas.each * BigInt(ids.length);
  return defineAction(deployment, {
    verb: 'payBatch',
    text: `Pay out ${ids.length} covers`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'payBatch', args: [ids] }),
    gas: least < gas.most ? least : gas.most,
  });
}

import { type Address, encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAddress } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type CollectFeesParameters = OnPool & {
  /** The fee recipient, or an integrator. */
  account: Address;
};

/**
 * Sends an account the fees that a pool owes it. Anyone may send it.
 * @throws AddressInvalid, PoolNotInDeployment
 */
export function collectFees({ deployment, pool, account }: CollectFeesParameters): Action {
  const recipient = checkAddress('account', account);
  return defineAction(deployment, {
    verb: 'collectFees',
    text: `Send ${recipient} the fees it is owed`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'collectFees', args: [recipient] }),
  });
}

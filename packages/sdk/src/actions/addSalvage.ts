import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAmount, checkUint } from '../validate.ts';
import { amountText, approvalOf, balanceOf, type OnPool } from './shared.ts';

export type AddSalvageParameters = OnPool & {
  /** Number of the incident on the board, from 1. */
  incident: bigint;
  /** Asset units. */
  amount: bigint;
};

/**
 * Pays in recovered funds for those who held shares of the pool when the incident was declared. Anyone may send it.
 * @throws ValueZero, ValueTooLarge, PoolNotInDeployment
 */
export function addSalvage(parameters: AddSalvageParameters): Action {
  const { deployment } = parameters;
  const pool = findPool(deployment, parameters.pool);
  const incident = checkUint('incident', parameters.incident, 256, 1n);
  const amount = checkAmount('amount', parameters.amount, 96, pool.asset);
  return defineAction(deployment, {
    verb: 'addSalvage',
    text: `Pay ${amountText(pool, amount)} of recovered funds into incident ${incident}`,
    to: pool.address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'addSalvage', args: [incident, amount] }),
    requirements: [balanceOf(pool, amount), approvalOf(pool, pool.address, amount)],
  });
}

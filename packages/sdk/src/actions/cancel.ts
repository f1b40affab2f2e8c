import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { coverText, type OnCover, poolOf } from './shared.ts';

export type CancelParameters = OnCover;

/**
 * Ends a cover at the next day boundary; void when it has not started. Holder only. What is refunded rounds down: at most
 * the expected-loss part of the unearned premium, less the fee.
 * @throws PoolNotInDeployment
 */
export function cancel(parameters: CancelParameters): Action {
  const { deployment, cover } = parameters;
  return defineAction(deployment, {
    verb: 'cancel',
    text: `Cancel ${coverText(cover)}`,
    to: poolOf(parameters).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'cancel', args: [cover] }),
  });
}

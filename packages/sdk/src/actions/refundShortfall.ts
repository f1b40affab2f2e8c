import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { coverText, type OnCover, poolOf } from './shared.ts';

export type RefundShortfallParameters = OnCover;

/**
 * Refunds the premium of a cover that its pool held back while capital was less than its covers require, to the holder.
 * Anyone may send it. Rounds down.
 * @throws PoolNotInDeployment
 */
export function refundShortfall(parameters: RefundShortfallParameters): Action {
  const { deployment, cover } = parameters;
  return defineAction(deployment, {
    verb: 'refundShortfall',
    text: `Refund the premium held back of ${coverText(cover)}`,
    to: poolOf(parameters).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'refundShortfall', args: [cover] }),
  });
}

import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { coverText, type OnCover, poolOf } from './shared.ts';

export type RefundEndedParameters = OnCover;

/**
 * Refunds what is unearned of the premium of a cover whose market has ended, to its holder. Anyone may send it. Rounds down.
 * @throws PoolNotInDeployment
 */
export function refundEnded(parameters: RefundEndedParameters): Action {
  const { deployment, cover } = parameters;
  return defineAction(deployment, {
    verb: 'refundEnded',
    text: `Refund the unearned premium of ${coverText(cover)}`,
    to: poolOf(parameters).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'refundEnded', args: [cover] }),
  });
}

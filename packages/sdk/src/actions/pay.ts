import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { coverText, type OnCover, poolOf } from './shared.ts';

export type PayParameters = OnCover;

/**
 * Pays the claim of a cover to its holder; anyone may send it. What is paid rounds down.
 * @throws PoolNotInDeployment
 */
export function pay(parameters: PayParameters): Action {
  const { deployment, cover } = parameters;
  return defineAction(deployment, {
    verb: 'pay',
    text: `Pay out ${coverText(cover)}`,
    to: poolOf(parameters).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'pay', args: [cover] }),
  });
}

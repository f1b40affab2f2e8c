import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { coverText, type OnCover, poolOf } from './shared.ts';

export type PayRestParameters = OnCover;

/**
 * Raises a payment that was made at a ratio below one, after the claim window. Goes to the holder; anyone may send it.
 * @throws PoolNotInDeployment
 */
export function payRest(parameters: PayRestParameters): Action {
  const { deployment, cover } = parameters;
  return defineAction(deployment, {
    verb: 'payRest',
    text: `Pay the rest of ${coverText(cover)}`,
    to: poolOf(parameters).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'payRest', args: [cover] }),
  });
}

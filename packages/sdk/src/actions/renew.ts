import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { coverText, type OnCover, poolOf } from './shared.ts';

export type RenewParameters = OnCover;

/**
 * Renews a cover by its holder's standing order, in the 24 hours that end one waiting period before its end. Anyone may;
 * the tip goes to the sender, the holder pays.
 * @throws PoolNotInDeployment
 */
export function renew(parameters: RenewParameters): Action {
  const { deployment, cover } = parameters;
  return defineAction(deployment, {
    verb: 'renew',
    text: `Renew ${coverText(cover)} by its standing order`,
    to: poolOf(parameters).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'renew', args: [cover] }),
  });
}

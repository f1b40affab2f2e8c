import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { checkAmount, checkSmallUint } from '../validate.ts';
import { amountText, approvalOf, balanceOf, coverText, type OnCover, poolOf } from './shared.ts';

export type ExtendParameters = OnCover & {
  /** Whole days added. */
  addDays: number;
  /** Most the sender pays, fee included, asset units. */
  maxPremium: bigint;
  /** The quoted premium, asset units: what the sender must hold. By default `maxPremium`. */
  premium?: bigint | undefined;
};

/**
 * Extends a cover at today's price; anyone may pay. Only while its end is at least a waiting period away.
 * @throws ValueZero, ValueTooLarge, PoolNotInDeployment
 */
export function extend(parameters: ExtendParameters): Action {
  const { deployment, cover } = parameters;
  const pool = poolOf(parameters);
  const addDays = checkSmallUint('addDays', parameters.addDays, 16, 1n);
  const maxPremium = checkAmount('maxPremium', parameters.maxPremium, 96, pool.asset);
  return defineAction(deployment, {
    verb: 'extend',
    text: `Extend ${coverText(cover)} by ${addDays} days, for at most ${amountText(pool, maxPremium)}`,
    to: pool.address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'extend', args: [cover, addDays, maxPremium] }),
    requirements: [
      balanceOf(pool, parameters.premium ?? maxPremium),
      approvalOf(pool, pool.address, maxPremium),
    ],
  });
}

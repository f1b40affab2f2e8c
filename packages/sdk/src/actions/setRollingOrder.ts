import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { checkAmount, checkSmallUint, checkUint } from '../validate.ts';
import { amountText, approvalOf, coverText, type OnCover, poolOf } from './shared.ts';

export type SetRollingOrderParameters = OnCover & {
  /** Days added at each renewal; 0 removes the order. */
  addDays: number;
  /** Most the holder accepts, of cover and year, fee included; 1e8 = 100 %. */
  maxRate: number;
  /** Reward of whoever renews, asset units. */
  tip: bigint;
  /**
   * Allowance of the pool for renewals to come, asset units; `rollingAllowance` says what they can cost. 0 asks for none.
   */
  allowance: bigint;
};

const DAY = 86_400n;
const YEAR = 365n * DAY;

/**
 * Sets or removes the standing order that renews a cover shortly before its end. The sender must be the holder, and is
 * the payer.
 * @throws ValueTooLarge, PoolNotInDeployment
 */
export function setRollingOrder(parameters: SetRollingOrderParameters): Action {
  const { deployment, cover, allowance } = parameters;
  const pool = poolOf(parameters);
  const addDays = checkSmallUint('addDays', parameters.addDays, 16);
  const maxRate = checkSmallUint('maxRate', parameters.maxRate, 32);
  const tip = Number(checkUint('tip', parameters.tip, 48, 0n, pool));
  const text =
    addDays === 0
      ? `Stop renewing ${coverText(cover)}`
      : `Renew ${coverText(cover)} by ${addDays} days each time, at most ${maxRate / 1e6} % a year, with a tip of ${amountText(pool, BigInt(tip))}`;
  return defineAction(deployment, {
    verb: 'setRollingOrder',
    text,
    to: pool.address,
    data: encodeFunctionData({
      abi: poolAbi,
      functionName: 'setRollingOrder',
      args: [cover, addDays, maxRate, tip],
    }),
    requirements:
      addDays === 0 || allowance === 0n
        ? []
        : [approvalOf(pool, pool.address, checkAmount('allowance', allowance, 256, pool.asset))],
  });
}

/**
 * Most that a number of renewals can cost, tips included, asset units.
 * @param amount cover, asset units
 */
export function rollingAllowance(order: {
  amount: bigint;
  addDays: number;
  maxRate: number;
  tip: bigint;
  renewals: number;
}): bigint {
  const premium =
    (order.amount * BigInt(order.maxRate) * BigInt(order.addDays) * DAY) / (YEAR * 100_000_000n);
  return (premium + order.tip) * BigInt(order.renewals);
}

import { type Address, encodeFunctionData, type Hex } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAddress, checkAmount, checkBytes, checkSmallUint } from '../validate.ts';
import { amountText, approvalOf, balanceOf, type OnPool, optionalAddress } from './shared.ts';

export type BuyParameters = OnPool & {
  /** Id of the market. */
  market: Hex;
  /** Most that is paid out, asset units. */
  cover: bigint;
  /** Whole UTC days of cover, from the first day boundary after the waiting period. */
  coverDays: number;
  /** Account that receives the token. */
  recipient: Address;
  /** Account whose position is insured; by default the recipient. */
  insured?: Address | undefined;
  /** Most the sender pays, fee included, asset units. */
  maxPremium: bigint;
  /** The quoted premium, asset units: what the sender must hold. By default `maxPremium`. */
  premium?: bigint | undefined;
  /** Receives part of the fee. */
  integrator?: Address | undefined;
};

/**
 * Buys cover from one pool. The sender pays the premium of the block it is mined in, at most `maxPremium`.
 * @throws ValueZero, ValueTooLarge, AddressInvalid, BytesInvalid, PoolNotInDeployment
 */
export function buy(parameters: BuyParameters): Action {
  const { deployment, coverDays } = parameters;
  const pool = findPool(deployment, parameters.pool);
  const params = {
    market: checkBytes('market', parameters.market, 32),
    cover: checkAmount('cover', parameters.cover, 88, pool.asset),
    coverDays: checkSmallUint('coverDays', coverDays, 16, 1n),
    recipient: checkAddress('recipient', parameters.recipient),
    insured: optionalAddress('insured', parameters.insured),
    maxPremium: checkAmount('maxPremium', parameters.maxPremium, 96, pool.asset),
    integrator: optionalAddress('integrator', parameters.integrator),
  };
  return defineAction(deployment, {
    verb: 'buy',
    text: `Buy ${amountText(pool, params.cover)} of cover for ${coverDays} days, for at most ${amountText(pool, params.maxPremium)}`,
    to: pool.address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'buy', args: [params] }),
    requirements: [
      balanceOf(pool, parameters.premium ?? params.maxPremium),
      approvalOf(pool, pool.address, params.maxPremium),
    ],
  });
}

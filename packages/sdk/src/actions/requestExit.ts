import { type Address, encodeFunctionData } from 'viem';
import { trancheVaultAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAddress, checkAmount } from '../validate.ts';
import { type OnPool, type TrancheName, vaultOf } from './shared.ts';

export type RequestExitParameters = OnPool & {
  tranche: TrancheName;
  /** Shares that leave. */
  shares: bigint;
  /** Account whose shares they are; the sender, or one that named the sender its operator. */
  owner: Address;
  /** Account that will claim; by default the owner. */
  controller?: Address | undefined;
};

/**
 * Asks for shares to leave a tranche (ERC-7540). Irrevocable: the shares stay in the tranche until the exit delay is
 * over, then are struck in order at the value of that moment, and wait in escrow.
 * @throws ValueZero, ValueTooLarge, AddressInvalid, PoolNotInDeployment
 */
export function requestExit(parameters: RequestExitParameters): Action {
  const { deployment, tranche } = parameters;
  const pool = findPool(deployment, parameters.pool);
  const shares = checkAmount('shares', parameters.shares, 256);
  const owner = checkAddress('owner', parameters.owner);
  const controller = checkAddress('controller', parameters.controller ?? owner);
  return defineAction(deployment, {
    verb: 'requestExit',
    text: `Ask for ${shares} shares to leave the ${tranche} tranche of ${pool.name}`,
    to: vaultOf(pool, tranche),
    data: encodeFunctionData({
      abi: trancheVaultAbi,
      functionName: 'requestRedeem',
      args: [shares, controller, owner],
    }),
  });
}

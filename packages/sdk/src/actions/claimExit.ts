import { type Address, encodeFunctionData } from 'viem';
import { trancheVaultAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAddress, checkAmount } from '../validate.ts';
import { type OnPool, type TrancheName, vaultOf } from './shared.ts';

export type ClaimExitParameters = OnPool & {
  tranche: TrancheName;
  /** Shares that were struck and are out of escrow; `maxRedeem` of the vault says how many. */
  shares: bigint;
  /** Account that receives the assets. */
  receiver: Address;
  /** Account that made the request; the sender, or one that named the sender its operator. */
  controller: Address;
};

/**
 * Claims the assets of an exit (ERC-7540 `redeem`). Rounds down.
 * @throws ValueZero, ValueTooLarge, AddressInvalid, PoolNotInDeployment
 */
export function claimExit(parameters: ClaimExitParameters): Action {
  const { deployment, tranche } = parameters;
  const pool = findPool(deployment, parameters.pool);
  const shares = checkAmount('shares', parameters.shares, 256);
  const receiver = checkAddress('receiver', parameters.receiver);
  const controller = checkAddress('controller', parameters.controller);
  return defineAction(deployment, {
    verb: 'claimExit',
    text: `Claim the assets of ${shares} shares that left the ${tranche} tranche of ${pool.name}`,
    to: vaultOf(pool, tranche),
    data: encodeFunctionData({
      abi: trancheVaultAbi,
      functionName: 'redeem',
      args: [shares, receiver, controller],
    }),
  });
}

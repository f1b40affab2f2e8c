import { type Address, encodeFunctionData } from 'viem';
import { trancheVaultAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAddress, checkAmount } from '../validate.ts';
import { amountText, approvalOf, balanceOf, type OnPool, type TrancheName, vaultOf } from './shared.ts';

export type DepositParameters = OnPool & {
  tranche: TrancheName;
  /** Asset units. */
  assets: bigint;
  /** Account that receives the shares. */
  receiver: Address;
};

/**
 * Puts capital into a tranche. Shares round down. Getting out takes a request, the exit delay and the time in escrow.
 * @throws ValueZero, ValueTooLarge, AddressInvalid, PoolNotInDeployment
 */
export function deposit(parameters: DepositParameters): Action {
  const { deployment, tranche } = parameters;
  const pool = findPool(deployment, parameters.pool);
  const vault = vaultOf(pool, tranche);
  const assets = checkAmount('assets', parameters.assets, 96, pool.asset);
  const receiver = checkAddress('receiver', parameters.receiver);
  return defineAction(deployment, {
    verb: 'deposit',
    text: `Deposit ${amountText(pool, assets)} into the ${tranche} tranche of ${pool.name}`,
    to: vault,
    data: encodeFunctionData({ abi: trancheVaultAbi, functionName: 'deposit', args: [assets, receiver] }),
    requirements: [balanceOf(pool, assets), approvalOf(pool, vault, assets)],
  });
}

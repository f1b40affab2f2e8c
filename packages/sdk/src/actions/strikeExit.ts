import { encodeFunctionData } from 'viem';
import { trancheVaultAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAmount } from '../validate.ts';
import { type OnPool, type TrancheName, vaultOf } from './shared.ts';

export type StrikeExitParameters = OnPool & {
  tranche: TrancheName;
  /** Most shares that are struck; by default as many as are due. */
  maxShares?: bigint | undefined;
};

const ALL = 2n ** 256n - 1n;

/**
 * Strikes exit requests that are due, in order, as far as open cover lets capital go. Anyone may send it.
 * @throws ValueZero, ValueTooLarge, PoolNotInDeployment
 */
export function strikeExit({ deployment, pool, tranche, maxShares = ALL }: StrikeExitParameters): Action {
  const entry = findPool(deployment, pool);
  const shares = checkAmount('maxShares', maxShares, 256);
  return defineAction(deployment, {
    verb: 'strikeExit',
    text: `Strike exits from the ${tranche} tranche of ${entry.name} that are due`,
    to: vaultOf(entry, tranche),
    data: encodeFunctionData({ abi: trancheVaultAbi, functionName: 'strikeExit', args: [shares] }),
  });
}

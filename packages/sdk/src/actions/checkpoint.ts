import { encodeFunctionData } from 'viem';
import { trancheVaultAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { type OnPool, type TrancheName, vaultOf } from './shared.ts';

export type CheckpointParameters = OnPool & { tranche: TrancheName };

/**
 * Notes what a share of a tranche is worth today. Requests that are struck late get no more than the newest note up to
 * the day they matured. Anyone may send it.
 * @throws PoolNotInDeployment
 */
export function checkpoint({ deployment, pool, tranche }: CheckpointParameters): Action {
  const entry = findPool(deployment, pool);
  return defineAction(deployment, {
    verb: 'checkpoint',
    text: `Note what a ${tranche} share of ${entry.name} is worth today`,
    to: vaultOf(entry, tranche),
    data: encodeFunctionData({ abi: trancheVaultAbi, functionName: 'checkpoint', args: [] }),
  });
}

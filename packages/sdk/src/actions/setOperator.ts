import { type Address, encodeFunctionData } from 'viem';
import { trancheVaultAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAddress } from '../validate.ts';
import { type OnPool, type TrancheName, vaultOf } from './shared.ts';

export type SetOperatorParameters = OnPool & {
  tranche: TrancheName;
  /** Account that may request and claim exits for the sender. */
  operator: Address;
  /** False takes it back. */
  approved: boolean;
};

/**
 * Lets another account request and claim exits of the sender in a tranche, or takes that back (ERC-7540). The operator
 * says where claimed assets go: name only whom you would give the shares.
 * @throws AddressInvalid, PoolNotInDeployment
 */
export function setOperator({ deployment, tranche, approved, ...parameters }: SetOperatorParameters): Action {
  const pool = findPool(deployment, parameters.pool);
  const operator = checkAddress('operator', parameters.operator);
  const text = approved ? `Let ${operator} act` : `Let ${operator} act no more`;
  return defineAction(deployment, {
    verb: 'setOperator',
    text: `${text} on your exits from the ${tranche} tranche of ${pool.name}`,
    to: vaultOf(pool, tranche),
    data: encodeFunctionData({
      abi: trancheVaultAbi,
      functionName: 'setOperator',
      args: [operator, approved],
    }),
  });
}

import { type Address, encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAddress, checkUint } from '../validate.ts';
import type { OnPool, TrancheName } from './shared.ts';

export type ClaimSalvageParameters = OnPool & {
  /** Number of the incident on the board, from 1. */
  incident: bigint;
  tranche: TrancheName;
  /** Account that held shares at the declaration, and is paid. */
  account: Address;
};

/**
 * Pays an account its part of salvage, by its shares at the declaration. Anyone may send it. Rounds down.
 * @throws ValueZero, AddressInvalid, PoolNotInDeployment
 */
export function claimSalvage(parameters: ClaimSalvageParameters): Action {
  const { deployment, tranche } = parameters;
  const incident = checkUint('incident', parameters.incident, 256, 1n);
  const account = checkAddress('account', parameters.account);
  return defineAction(deployment, {
    verb: 'claimSalvage',
    text: `Pay ${account} its ${tranche} part of the salvage of incident ${incident}`,
    to: findPool(deployment, parameters.pool).address,
    data: encodeFunctionData({
      abi: poolAbi,
      functionName: 'claimSalvage',
      args: [incident, tranche === 'senior', account],
    }),
  });
}

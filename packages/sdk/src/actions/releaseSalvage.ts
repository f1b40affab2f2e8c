import { type Address, encodeFunctionData } from 'viem';
import { surrenderExposureAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkAddress, checkUint } from '../validate.ts';
import type { OnPool, TrancheName } from './shared.ts';

export type ReleaseSalvageParameters = OnPool & {
  /** Number of the incident on the board, from 1. */
  incident: bigint;
  tranche: TrancheName;
  /** Account that held shares at the declaration, and receives the units. */
  account: Address;
};

/**
 * Sends an account its share of the positions that were handed over for an incident. Anyone may send it. Rounds down.
 * @throws ValueZero, AddressInvalid, PoolNotInDeployment
 */
export function releaseSalvage({ deployment, ...parameters }: ReleaseSalvageParameters): Action {
  const { address } = findPool(deployment, parameters.pool);
  const incident = checkUint('incident', parameters.incident, 256, 1n);
  const account = checkAddress('account', parameters.account);
  return defineAction(deployment, {
    verb: 'releaseSalvage',
    text: `Send ${account} its part of the positions handed over for incident ${incident}`,
    to: deployment.addresses.surrenderExposure,
    data: encodeFunctionData({
      abi: surrenderExposureAbi,
      functionName: 'releaseSalvage',
      args: [address, incident, parameters.tranche === 'senior', account],
    }),
  });
}

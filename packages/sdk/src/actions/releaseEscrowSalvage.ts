import { encodeFunctionData } from 'viem';
import { surrenderExposureAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkUint } from '../validate.ts';
import type { OnPool, TrancheName } from './shared.ts';

export type ReleaseEscrowSalvageParameters = OnPool & {
  /** Number of the incident on the board, from 1. */
  incident: bigint;
  tranche: TrancheName;
  /** Number of the exit request that had assets in escrow at the declaration, from 1. Its controller receives the units. */
  requestId: bigint;
};

/**
 * Sends the controller of an exit request its share of the positions that were handed over for an incident, by what the
 * request had in escrow at the declaration. Anyone may send it. Rounds down.
 * @throws ValueZero, PoolNotInDeployment
 */
export function releaseEscrowSalvage({ deployment, ...parameters }: ReleaseEscrowSalvageParameters): Action {
  const { address } = findPool(deployment, parameters.pool);
  const incident = checkUint('incident', parameters.incident, 256, 1n);
  const requestId = checkUint('requestId', parameters.requestId, 256, 1n);
  return defineAction(deployment, {
    verb: 'releaseEscrowSalvage',
    text: `Send ${parameters.tranche} exit request ${requestId} its part of the positions handed over for incident ${incident}`,
    to: deployment.addresses.surrenderExposure,
    data: encodeFunctionData({
      abi: surrenderExposureAbi,
      functionName: 'releaseEscrowSalvage',
      args: [address, incident, parameters.tranche === 'senior', requestId],
    }),
  });
}

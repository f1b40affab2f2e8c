import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkUint } from '../validate.ts';
import type { OnPool, TrancheName } from './shared.ts';

export type ClaimEscrowSalvageParameters = OnPool & {
  /** Number of the incident on the board, from 1. */
  incident: bigint;
  tranche: TrancheName;
  /** Number of the exit request that had assets in escrow at the declaration, from 1. Its controller is paid. */
  requestId: bigint;
};

/**
 * Pays the controller of an exit request its part of salvage, by what the request had in escrow at the declaration,
 * claimed since or not. Anyone may send it. Rounds down.
 * @throws ValueZero, PoolNotInDeployment
 */
export function claimEscrowSalvage(parameters: ClaimEscrowSalvageParameters): Action {
  const { deployment, tranche } = parameters;
  const incident = checkUint('incident', parameters.incident, 256, 1n);
  const requestId = checkUint('requestId', parameters.requestId, 256, 1n);
  return defineAction(deployment, {
    verb: 'claimEscrowSalvage',
    text: `Pay ${tranche} exit request ${requestId} its part of the salvage of incident ${incident}`,
    to: findPool(deployment, parameters.pool).address,
    data: encodeFunctionData({
      abi: poolAbi,
      functionName: 'claimEscrowSalvage',
      args: [incident, tranche === 'senior', requestId],
    }),
  });
}

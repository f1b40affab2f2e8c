import { encodeFunctionData } from 'viem';
import { incidentBoardAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { checkUint } from '../validate.ts';
import type { OnDeployment } from './shared.ts';

export type LapseIncidentParameters = OnDeployment & {
  /** Number of the incident on the board, from 1. */
  incident: bigint;
};

/**
 * Ends an incident that nothing followed, once it has expired: a suspicion or a confirmation. Anyone may send it.
 * @throws ValueZero
 */
export function lapseIncident({ deployment, incident }: LapseIncidentParameters): Action {
  const number = checkUint('incident', incident, 256, 1n);
  return defineAction(deployment, {
    verb: 'lapseIncident',
    text: `End incident ${number}`,
    to: deployment.addresses.board,
    data: encodeFunctionData({ abi: incidentBoardAbi, functionName: 'lapse', args: [number] }),
  });
}

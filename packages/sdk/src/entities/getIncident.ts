import type { Client, ContractFunctionReturnType } from 'viem';
import { readContract } from 'viem/actions';
import { incidentBoardAbi } from '../abi/index.ts';
import { decodeIncidentState, type IncidentState } from '../codec/states.ts';
import type { Deployment } from '../deployment.ts';
import { at, type ReadOptions, reading } from './read.ts';

type RawIncident = ContractFunctionReturnType<typeof incidentBoardAbi, 'view', 'incident'>;

/** An incident on the board. Severity 1e8 = 100 %; bond in asset units; times in seconds. */
export type Incident = Omit<RawIncident, 'state'> & {
  readonly number: bigint;
  readonly state: IncidentState;
};

/**
 * Reads an incident.
 * @param parameters.incident its number, from 1
 * @throws IncidentUnknown, RpcUnreachable and the like
 */
export function getIncident(
  client: Client,
  { deployment, incident, ...options }: { deployment: Deployment; incident: bigint } & ReadOptions,
): Promise<Incident> {
  return reading(async () => {
    const raw = await readContract(client, {
      address: deployment.addresses.board,
      abi: incidentBoardAbi,
      functionName: 'incident',
      args: [incident],
      ...at(options),
    });
    return { ...raw, number: incident, state: decodeIncidentState(raw.state) };
  });
}

/**
 * Reads incidents, newest first.
 * @param parameters.limit most that are read, 50 by default
 * @param parameters.before only incidents with a smaller number, for the next page
 * @throws RpcUnreachable and the like
 */
export function getIncidents(
  client: Client,
  parameters: {
    deployment: Deployment;
    limit?: number | undefined;
    before?: bigint | undefined;
  } & ReadOptions,
): Promise<Incident[]> {
  return reading(async () => {
    const { deployment, limit = 50, before } = parameters;
    const count = await readContract(client, {
      address: deployment.addresses.board,
      abi: incidentBoardAbi,
      functionName: 'incidentCount',
      ...at(parameters),
    });
    const newest = before !== undefined && before <= count ? before - 1n : count;
    const length = Math.max(0, Math.min(limit, Number(newest)));
    return Promise.all(
      Array.from({ length }, (_, i) =>
        getIncident(client, { deployment, incident: newest - BigInt(i), ...at(parameters) }),
      ),
    );
  });
}

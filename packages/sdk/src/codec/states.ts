/** State of a policy. `void`: cancelled before its start. `settled`: paid in full. */
export type PolicyState = 'none' | 'active' | 'void' | 'paid' | 'settled';

/** State of an incident on the board. */
export type IncidentState = 'none' | 'suspect' | 'confirmed' | 'final' | 'rejected';

const policyStates: readonly PolicyState[] = ['none', 'active', 'void', 'paid', 'settled'];
const incidentStates: readonly IncidentState[] = ['none', 'suspect', 'confirmed', 'final', 'rejected'];

/** Name of a policy's state. */
export function decodePolicyState(value: number): PolicyState {
  return policyStates[value] ?? 'none';
}

/** Name of an incident's state. */
export function decodeIncidentState(value: number): IncidentState {
  return incidentStates[value] ?? 'none';
}

/** Number of an incident's state, as findings carry it. */
export function encodeIncidentState(state: IncidentState): number {
  return incidentStates.indexOf(state);
}

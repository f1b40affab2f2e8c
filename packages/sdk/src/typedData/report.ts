import type { Hex } from 'viem';
import { encodeIncidentState } from '../codec/states.ts';
import type { Deployment } from '../deployment.ts';
import { checkBytes, checkSmallUint, checkUint } from '../validate.ts';
import { messageTo } from './message.ts';

/** What operators sign about a market. */
export type Report = {
  readonly market: Hex;
  /** The market's turn on the board and the operators' own count: see `reportRound`. An operator signs one a round. */
  readonly round: bigint;
  readonly state: 'suspect' | 'confirmed';
  /** When the insured contract failed, seconds. */
  readonly eventTime: bigint;
  /** Share of the value lost, 1e8 = 100 %. */
  readonly severity: number;
  /** Bond to lock, in the market's asset; not 0 in a suspicion. */
  readonly bond: bigint;
  /** Hash of the evidence, kept elsewhere. */
  readonly evidence: Hex;
};

/**
 * Round of a report: the market's turn on the board (`turnOf`) in the high 32 bits, the operators' count within it in the
 * low ones.
 * @throws ValueZero, ValueTooLarge when a part does not fit
 */
export function reportRound(turn: number, count: number): bigint {
  const high = checkUint('turn', BigInt(turn), 32, 1n);
  return (high << 32n) | checkUint('count', BigInt(count), 32);
}

const types = {
  Report: [
    { name: 'market', type: 'bytes32' },
    { name: 'round', type: 'uint64' },
    { name: 'state', type: 'uint8' },
    { name: 'eventTime', type: 'uint40' },
    { name: 'severity', type: 'uint32' },
    { name: 'bond', type: 'uint96' },
    { name: 'evidence', type: 'bytes32' },
    { name: 'configDigest', type: 'bytes32' },
  ],
} as const;

/**
 * A report as the contract takes it.
 * @throws BytesInvalid, ValueZero, ValueTooLarge when a field does not fit
 */
export function encodeReport(report: Report) {
  return {
    market: checkBytes('market', report.market, 32),
    round: checkUint('round', report.round, 64, 1n),
    state: encodeIncidentState(report.state),
    eventTime: checkSmallUint('eventTime', report.eventTime, 40, 1n),
    severity: checkSmallUint('severity', report.severity, 32),
    bond: checkUint('bond', report.bond, 96, report.state === 'suspect' ? 1n : 0n),
    evidence: checkBytes('evidence', report.evidence, 32),
  };
}

/**
 * The EIP-712 message of a report.
 * @param configDigest that of the operators' configuration (`configDigest()` of the contract)
 * @throws BytesInvalid, ValueZero, ValueTooLarge when a field does not fit
 */
export function reportTypedData(deployment: Deployment, report: Report, configDigest: Hex) {
  const contract = { name: 'Breakwater Operator Quorum', address: deployment.addresses.operatorQuorum };
  return messageTo(contract, deployment, {
    types,
    primaryType: 'Report',
    message: { ...encodeReport(report), configDigest: checkBytes('configDigest', configDigest, 32) },
  });
}

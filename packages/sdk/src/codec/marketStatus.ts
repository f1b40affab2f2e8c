import { place, take } from './bits.ts';
import { type GroupId, packGroups, unpackGroups } from './groups.ts';

/** Where a market stands: sold, held back by a suspicion, or over for good. */
export type MarketPhase = 'open' | 'suspect' | 'ended';

/** Operations of a market that can be closed. Claims cannot. */
export type MarketOperation = 'buy' | 'extend';

/** What a pool needs to know of a market. Durations and times in seconds. */
export type MarketStatus = {
  /** Shock groups, at most 4, none of them 0. */
  groups: readonly GroupId[];
  /** Operations closed for a while, until `closedUntil`. */
  closedOperations: readonly MarketOperation[];
  /** Operations closed until the governor opens them again. */
  haltedOperations: readonly MarketOperation[];
  phase: MarketPhase;
  closedUntil: bigint;
  waitingPeriod: bigint;
  deductibleBps: number;
  raiseWindow: bigint;
  claimWindow: bigint;
  registered: boolean;
};

const fields = {
  groups: { offset: 0, width: 64 },
  closedOperations: { offset: 64, width: 8 },
  phase: { offset: 72, width: 8 },
  closedUntil: { offset: 80, width: 40 },
  waitingHours: { offset: 120, width: 16 },
  deductibleBps: { offset: 136, width: 16 },
  raiseDays: { offset: 152, width: 8 },
  claimDays: { offset: 160, width: 16 },
  registered: { offset: 176, width: 8 },
  haltedOperations: { offset: 184, width: 8 },
} as const;

const phases: readonly MarketPhase[] = ['open', 'suspect', 'ended'];
const operationBits: readonly (readonly [MarketOperation, bigint])[] = [
  ['buy', 1n],
  ['extend', 2n],
];

const HOUR = 3_600n;
const DAY = 86_400n;

/** Bit mask of operations, as the registry takes it. */
export function encodeOperations(operations: readonly MarketOperation[]): number {
  let mask = 0n;
  for (const [operation, bit] of operationBits) if (operations.includes(operation)) mask |= bit;
  return Number(mask);
}

/** Operations in a bit mask. */
export function decodeOperations(mask: bigint | number): MarketOperation[] {
  return operationBits.filter(([, bit]) => (BigInt(mask) & bit) !== 0n).map(([operation]) => operation);
}

/** Reads the status word of the registry. */
export function decodeMarketStatus(word: bigint): MarketStatus {
  return {
    groups: unpackGroups(take(word, fields.groups)),
    closedOperations: decodeOperations(take(word, fields.closedOperations)),
    haltedOperations: decodeOperations(take(word, fields.haltedOperations)),
    phase: phases[Number(take(word, fields.phase))] ?? 'ended',
    closedUntil: take(word, fields.closedUntil),
    waitingPeriod: take(word, fields.waitingHours) * HOUR,
    deductibleBps: Number(take(word, fields.deductibleBps)),
    raiseWindow: take(word, fields.raiseDays) * DAY,
    claimWindow: take(word, fields.claimDays) * DAY,
    registered: take(word, fields.registered) !== 0n,
  };
}

/**
 * The status word of a market, as the registry keeps it. Durations round down to whole hours and days.
 * @throws ValueTooLarge when a field does not fit
 */
export function encodeMarketStatus(status: MarketStatus): bigint {
  return (
    packGroups(status.groups) |
    place('closedOperations', encodeOperations(status.closedOperations), fields.closedOperations) |
    place('haltedOperations', encodeOperations(status.haltedOperations), fields.haltedOperations) |
    place('phase', phases.indexOf(status.phase), fields.phase) |
    place('closedUntil', status.closedUntil, fields.closedUntil) |
    place('waitingPeriod', status.waitingPeriod / HOUR, fields.waitingHours) |
    place('deductibleBps', status.deductibleBps, fields.deductibleBps) |
    place('raiseWindow', status.raiseWindow / DAY, fields.raiseDays) |
    place('claimWindow', status.claimWindow / DAY, fields.claimDays) |
    place('registered', status.registered ? 1 : 0, fields.registered)
  );
}

/**
 * Whether an operation of a market may be done at a time, as the contracts decide it.
 * @param time seconds
 */
export function isOperationOpen(status: MarketStatus, operation: MarketOperation, time: bigint): boolean {
  if (!status.registered || status.phase !== 'open' || status.haltedOperations.includes(operation))
    return false;
  return !status.closedOperations.includes(operation) || time >= status.closedUntil;
}

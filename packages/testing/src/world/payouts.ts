import { type Deployment, type Incident, poolAbi } from '@breakwater/sdk';
import type { Address } from 'viem';
import { getContractEvents } from 'viem/actions';
import { balanceOf } from '../insured/chain.ts';
import type { InsuredKind, InsuredWorld } from '../insured/index.ts';
import type { WorldClient } from './anvil.ts';
import type { Holder, PlannedCover } from './holders.ts';
import type { SoldCover } from './purchases.ts';

const WAD = 10n ** 18n;
const FULL = 10n ** 8n;

/** What a holder had at stake and got, asset units. */
export type Payout = {
  readonly holder: Holder;
  readonly cover: bigint;
  /** Worth of the position just before the exploit. */
  readonly exposure: bigint;
  /** What came, by the asset's own balances. */
  readonly received: bigint;
  /** What is due by the terms, to the unit. */
  readonly due: bigint;
  /** Received by min(cover, exposure) x severity x (1 - deductible), 1e18 = 1. */
  readonly ratio: bigint;
};

/** Position units of holders in the robbed protocol at a block. */
export function readUnits(
  client: WorldClient,
  { protocols }: InsuredWorld,
  kind: InsuredKind,
  holders: readonly Holder[],
  blockNumber: bigint,
): Promise<bigint[]> {
  const { token } = protocols[kind].position;
  return Promise.all(holders.map(({ account }) => balanceOf(client, token, account.address, blockNumber)));
}

/**
 * Compares what holders got with what they were due.
 * @param parameters.units of each holder's position just before the exploit
 * @param parameters.received by each holder
 */
export function comparePayouts(parameters: {
  sold: readonly SoldCover[];
  holders: readonly Holder[];
  kind: InsuredKind;
  incident: Incident;
  deductibleBps: bigint;
  units: readonly bigint[];
  received: readonly bigint[];
}): Payout[] {
  const { sold, holders, kind, incident, units, received } = parameters;
  const severity = BigInt(incident.severity);
  const kept = 10_000n - parameters.deductibleBps;
  const payable = (lost: bigint) => (lost * kept) / 10_000n;
  return holders.map((holder, i) => {
    const exposure = ((units[i] ?? 0n) * incident.unitValue) / WAD;
    const payout = { holder, cover: 0n, exposure, received: received[i] ?? 0n, due: 0n };
    // A position is counted once over all covers on it.
    let [uninsured, left, fair] = [exposure, exposure, 0n];
    for (const { cover } of coversOf(sold, holder, kind)) {
      const base = min(cover, uninsured);
      const surrendered = min((cover * severity) / FULL, left);
      uninsured -= base;
      left -= surrendered;
      fair += payable((base * severity) / FULL);
      payout.cover += cover;
      payout.due += payable(surrendered);
    }
    return { ...payout, ratio: fair === 0n ? 0n : (payout.received * WAD) / fair };
  });
}

function coversOf(sold: readonly SoldCover[], holder: Holder, kind: InsuredKind): PlannedCover[] {
  return sold.flatMap(({ holder: by, planned }) => (by === holder && planned.kind === kind ? [planned] : []));
}

/** When the incident was declared and paid, from the pools' logs. */
export async function readMoments(
  client: WorldClient,
  { pools, block: fromBlock }: Deployment,
  { number: incident }: Incident,
): Promise<{ declared: bigint; lastPaid: bigint; paidTo: ReadonlySet<Address>; skipped: number }> {
  const args = { incident };
  const logs = await Promise.all(
    pools.map(async ({ address }) => {
      const filter = { address, abi: poolAbi, fromBlock, strict: true } as const;
      return Promise.all([
        getContractEvents(client, { ...filter, args, eventName: 'IncidentDeclared' }),
        getContractEvents(client, { ...filter, eventName: 'ClaimPaid' }),
        getContractEvents(client, { ...filter, args, eventName: 'ClaimSkipped' }),
      ]);
    }),
  );
  const claims = logs
    .flatMap(([, paid]) => paid)
    .filter((log) => BigInt.asUintN(64, log.args.payment) === incident);
  return {
    declared: latest(logs.flatMap(([declared]) => declared)),
    lastPaid: latest(claims),
    paidTo: new Set(claims.map((log) => log.args.to)),
    skipped: logs.flatMap(([, , skipped]) => skipped).length,
  };
}

function latest(logs: readonly { blockNumber: bigint }[]): bigint {
  return logs.reduce((block, log) => (log.blockNumber > block ? log.blockNumber : block), 0n);
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

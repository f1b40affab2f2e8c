import { type Deployment, type Incident, type PoolEntry, poolAbi, trancheVaultAbi } from '@breakwater/sdk';
import { isAddressEqual } from 'viem';
import { getContractEvents, readContract } from 'viem/actions';
import { balanceOf } from '../insured/chain.ts';
import type { WorldClient } from './anvil.ts';

/** What a pool holds and where it came from, asset units, all of one block. */
export type PoolBooks = {
  readonly pool: PoolEntry;
  /** Of its asset, by the token. */
  readonly balance: bigint;
  readonly junior: bigint;
  readonly senior: bigint;
  readonly unearned: bigint;
  readonly fees: bigint;
  /** Escrow of exits and premium that is to be refunded. */
  readonly owed: bigint;
  /** Moved for incidents and not paid out, and salvage that nobody has claimed. */
  readonly reserve: bigint;
  /** Loss of the tranches by the incident. */
  readonly fromJunior: bigint;
  readonly fromSenior: bigint;
  /** Loss of exits that were struck already. */
  readonly fromEscrow: bigint;
  /** Paid for the incident as the pool counts it, and as its logs add up. */
  readonly paid: bigint;
  readonly paidByLogs: bigint;
  /** By the logs of vaults and pool. */
  readonly deposits: bigint;
  readonly premiums: bigint;
  readonly feesTaken: bigint;
  readonly refunded: bigint;
  /** Premium of used-up cover that went to those who bore the loss, as salvage. */
  readonly premiumSalvaged: bigint;
};

/** Reads the books of a pool at a block. */
export async function readBooks(
  client: WorldClient,
  { block: fromBlock }: Deployment,
  pool: PoolEntry,
  { number }: Incident,
  blockNumber: bigint,
): Promise<PoolBooks> {
  const range = { fromBlock, toBlock: blockNumber, strict: true } as const;
  const inPool = { address: pool.address, abi: poolAbi } as const;
  const [balance, state, loss, bought, claims, refunds, salvage, junior, senior] = await Promise.all([
    balanceOf(client, pool.asset.address, pool.address, blockNumber),
    readContract(client, { ...inPool, functionName: 'state', blockNumber }),
    readContract(client, { ...inPool, functionName: 'incidentState', args: [number], blockNumber }),
    getContractEvents(client, { ...inPool, eventName: 'CoverBought', ...range }),
    getContractEvents(client, { ...inPool, eventName: 'ClaimPaid', ...range }),
    getContractEvents(client, { ...inPool, eventName: 'PremiumRefunded', ...range }),
    getContractEvents(client, { ...inPool, eventName: 'SalvageReceived', ...range }),
    ...[pool.junior, pool.senior].map((address) =>
      getContractEvents(client, { address, abi: trancheVaultAbi, eventName: 'Deposit', ...range }),
    ),
  ]);
  const deposited = [...(junior ?? []), ...(senior ?? [])].map((log) => log.args.assets);
  return {
    pool,
    balance,
    junior: state.junior,
    senior: state.senior,
    unearned: state.unearned,
    fees: state.feesOwed + state.integratorFees,
    owed: state.escrow + state.refunds,
    reserve: loss.moved - loss.paid + loss.salvage - loss.salvageClaimed,
    fromJunior: loss.fromJunior,
    fromSenior: loss.fromSenior,
    fromEscrow: loss.fromJuniorEscrow + loss.fromSeniorEscrow,
    paid: loss.paid,
    paidByLogs: sum(claims.map(({ args }) => paidOn(number, args.payment))),
    deposits: sum(deposited),
    premiums: sum(bought.map((log) => log.args.premium)),
    feesTaken: sum(bought.map((log) => log.args.fee)),
    refunded: sum(refunds.map((log) => log.args.amount)),
    premiumSalvaged: sum(
      salvage.filter(({ args }) => isAddressEqual(args.from, pool.address)).map(({ args }) => args.amount),
    ),
  };
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** What a payment of `ClaimPaid` paid, if it was on that incident: incident u64 | proven u96 | paid u96. */
function paidOn(incident: bigint, payment: bigint): bigint {
  return BigInt.asUintN(64, payment) === incident ? payment >> 160n : 0n;
}

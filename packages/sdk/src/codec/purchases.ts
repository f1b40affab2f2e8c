import { type Address, type Log, parseEventLogs, type RpcLog } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type CoverTerms, decodeCoverTerms } from './coverTerms.ts';
import type { MarketKey } from './marketTerms.ts';

/** A cover that was bought, as the log of its pool tells it. */
export type BoughtCover = CoverTerms & {
  /** Number of the cover and of its token. */
  readonly id: bigint;
  /** Address of the pool that sold it. */
  readonly pool: Address;
  readonly market: MarketKey;
  readonly payer: Address;
  /** What was paid, fee included, asset units. */
  readonly premium: bigint;
  /** Part of it that is the fee, asset units. */
  readonly fee: bigint;
};

/**
 * Covers bought in a transaction, in order.
 * @param logs those of its receipt
 */
export function decodePurchases(logs: readonly (Log | RpcLog)[]): BoughtCover[] {
  const events = parseEventLogs({ abi: poolAbi, eventName: 'CoverBought', logs: [...logs] });
  return events.map(({ address, args }) => ({
    ...decodeCoverTerms(args.terms),
    id: args.cover,
    pool: address,
    // The key of the market is in the cover's number, above its counter.
    market: (args.cover & (2n ** 64n - 1n)) >> 24n,
    payer: args.payer,
    premium: args.premium,
    fee: args.fee,
  }));
}

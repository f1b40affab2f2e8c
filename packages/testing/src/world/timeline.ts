import type { TransactionReceipt } from 'viem';
import { getBlock, getBlockNumber } from 'viem/actions';
import type { WorldClient } from './anvil.ts';

/** A step of the world, with the newest block when it was done. */
export type TimelineEntry = {
  readonly step: string;
  readonly block: bigint;
  /** Since the first block. */
  readonly chainSeconds: bigint;
  /** Since the start, milliseconds. */
  readonly wallMilliseconds: number;
  /** Used by the step. */
  readonly gas: bigint;
  /** Transactions of the step. */
  readonly transactions: number;
};

/** Keeps what was done when. */
export type Timeline = {
  readonly entries: readonly TimelineEntry[];
  /** Ends a step that took all blocks since the last. */
  readonly mark: (step: string) => Promise<void>;
  /** Adds a step that took certain transactions. */
  readonly add: (step: string, receipts: readonly TransactionReceipt[]) => Promise<void>;
};

/** Starts the clock. */
export function startTimeline(
  client: WorldClient,
  options: { genesis: bigint; started: number; onEntry: (entry: TimelineEntry) => void },
): Timeline {
  const { genesis, started, onEntry } = options;
  const entries: TimelineEntry[] = [];
  let last = 0n;
  const enter = async (step: string, block: bigint, work: { gas: bigint; transactions: number }) => {
    const { timestamp } = await getBlock(client, { blockNumber: block });
    const wallMilliseconds = Math.round(performance.now() - started);
    const entry = { step, block, chainSeconds: timestamp - genesis, wallMilliseconds, ...work };
    last = block > last ? block : last;
    entries.push(entry);
    onEntry(entry);
  };
  const mark = async (step: string) => {
    const newest = await getBlockNumber(client);
    const blocks = await Promise.all(
      Array.from({ length: Number(newest - last) }, (_, i) =>
        getBlock(client, { blockNumber: last + 1n + BigInt(i) }),
      ),
    );
    await enter(step, newest, {
      gas: blocks.reduce((sum, { gasUsed }) => sum + gasUsed, 0n),
      transactions: blocks.reduce((sum, { transactions }) => sum + transactions.length, 0),
    });
  };
  const add = (step: string, receipts: readonly TransactionReceipt[]) =>
    enter(step, receipts.at(-1)?.blockNumber ?? last, {
      gas: receipts.reduce((sum, { gasUsed }) => sum + gasUsed, 0n),
      transactions: receipts.length,
    });
  return { entries, mark, add };
}

import { decodeError } from '@breakwater/sdk';
import type { Hex } from 'viem';
import { getBlock } from 'viem/actions';
import { type PassResult, type Publisher, publishOnce } from './publisher.ts';

/** Longest pause after failures, milliseconds. */
const LONGEST_PAUSE = 300_000;

export type WatchOptions = {
  /** Time between looks at the chain, milliseconds. */
  readonly interval: number;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  readonly onPass?: ((result: PassResult) => void) | undefined;
};

/**
 * Publishes at every new block until it is stopped. It can be killed at any moment and started again: each pass begins
 * with what the chain says. A block that was replaced is told; cards that were lost with it are published again, since
 * the next pass does not find them. While the node fails, the pauses double up to five minutes.
 */
export async function watch(publisher: Publisher, { interval, signal, onPass }: WatchOptions): Promise<void> {
  const { client, log } = publisher;
  let last: { number: bigint; hash: Hex } | undefined;
  let pause = interval;
  while (!signal.aborted) {
    try {
      const head = await getBlock(client);
      if (last && (await isReplaced(publisher, last, head.number))) {
        log(`Block ${last.number} was replaced: looking at everything again.`);
        last = undefined;
      }
      if (head.hash !== last?.hash) {
        last = { number: head.number, hash: head.hash };
        const pass = await publishOnce(publisher);
        // What failed is tried again, new block or not.
        if (pass.failed.length > 0) last = undefined;
        onPass?.(pass);
      }
      if (pause !== interval) log('The node answers again.');
      pause = interval;
    } catch (error) {
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
      const { message } = decodeError(error);
      log(`Nothing could be read: ${message} Trying again in ${Math.round(pause / 1_000)} s.`);
    }
    await sleep(pause, signal);
  }
}

/** Whether a block that was seen is no longer part of the chain. */
async function isReplaced(
  { client }: Publisher,
  { number, hash }: { number: bigint; hash: Hex },
  head: bigint,
): Promise<boolean> {
  if (head < number) return true;
  return (await getBlock(client, { blockNumber: number })).hash !== hash;
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

import { type LocalNode, startAnvil } from '@breakwater/testing/world';
import { cliError } from '../errors.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a signal asks for: to end everything. */
export type Interruption = Promise<(typeof signals)[number]>;

/**
 * Runs `work` on a local chain of its own, which ends with it, whatever happens.
 * @throws PortTaken, NodeNotRunning, Interrupted, and what `work` throws
 */
export async function withNode<T>(
  options: { port?: number; genesis: bigint },
  work: (node: LocalNode, interrupted: Interruption) => Promise<T>,
): Promise<T> {
  const { interrupted, release } = listen();
  const node = await startAnvil(options).catch((error: unknown) => {
    release();
    throw error;
  });
  const working = work(node, interrupted);
  // When the chain ends first, requests of the work fail: that is no news.
  working.catch(() => {});
  try {
    return await Promise.race([
      working,
      node.died.then((error) => Promise.reject(error)),
      refuse(interrupted, working),
    ]);
  } finally {
    await node.stop();
    release();
  }
}

/** Ends with an error once a signal came, unless the work answers to it first. */
async function refuse(interrupted: Interruption, working: Promise<unknown>): Promise<never> {
  const signal = await interrupted;
  await Promise.race([working.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 100))]);
  throw cliError('Interrupted', `It was interrupted by ${signal}.`, 'Run it again.');
}

function listen(): { interrupted: Interruption; release: () => void } {
  let hear: (signal: (typeof signals)[number]) => void = () => {};
  const interrupted: Interruption = new Promise((resolve) => {
    hear = resolve;
  });
  for (const signal of signals) process.on(signal, hear);
  return {
    interrupted,
    release: () => {
      for (const signal of signals) process.off(signal, hear);
    },
  };
}

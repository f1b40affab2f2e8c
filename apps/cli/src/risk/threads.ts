import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PathRunner, PathTask } from '@breakwater/risk';

/** Threads that play a simulation's paths; they stay for the next one. */
export type PathThreads = { readonly run: PathRunner; readonly close: () => Promise<void> };

/**
 * Starts threads.
 * @param count at least 1
 */
export async function startThreads(count: number): Promise<PathThreads> {
  const url = new URL('./pathThread.ts', import.meta.url);
  const workers = Array.from({ length: count }, () => new Worker(url));
  await Promise.all(workers.map((worker) => once(worker, 'online')));
  return {
    run: async (tasks, onDone) => {
      const waiting = tasks.values();
      await Promise.all(workers.map((worker) => drain(worker, waiting, onDone)));
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** One thread takes the next task until there is none. */
async function drain(
  worker: Worker,
  waiting: Iterator<PathTask> & Iterable<PathTask>,
  onDone: (task: PathTask) => void,
): Promise<void> {
  for (let next = waiting.next(); !next.done; next = waiting.next()) {
    const answered = once(worker, 'message');
    worker.postMessage(next.value);
    await answered;
    onDone(next.value);
  }
}

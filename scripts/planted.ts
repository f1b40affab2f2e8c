// Changes to the contracts as exact text, made one at a time in memory, and what the tests make of each. Contracts are compiled
// without the optimiser into artifacts that the tests then deploy from, so no source is touched and no test compiled anew.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MutationBench, type Outcome } from './mutation-bench.ts';
import type { Stage } from './mutation-stages.ts';

export type Change = {
  /** Source whose only `find` becomes `replace`. */
  file: string;
  find: string;
  replace: string;
};

export type Planted<Entry extends Change> = Entry & { verdict: string; failure: string; seconds: number };

export function replaceOnce(source: string, { file, find, replace }: Change, title: string): string {
  const times = source.split(find).length - 1;
  if (times !== 1) throw new Error(`${title}: the text is ${times} times in ${file}, not once.`);
  return source.replace(find, () => replace);
}

/** Plants each change after `sound` has passed without any. */
export async function plantEach<Entry extends Change>(
  root: string,
  entries: readonly Entry[],
  sound: Stage,
  stageOf: (entry: Entry) => Stage,
  verdictOf: (outcome: Outcome, entry: Entry) => string,
  titleOf: (entry: Entry) => string,
): Promise<Planted<Entry>[]> {
  // Compiles these tests and nothing else, and shows what it says; the bench then sees that they pass as they are.
  const flags = ['test', '--list', '--match-path', `contracts/test/${sound.tests}`];
  const { status } = spawnSync(join(root, 'scripts/forge'), flags, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('The tests do not compile; the output is above.');
  const rows: Planted<Entry>[] = [];
  // One at a time: two runs of forge in one folder make each other compile anew.
  const bench = await MutationBench.openInPlace(root, [sound]);
  try {
    for (const entry of entries) {
      const change = (source: string) => replaceOnce(source, entry, titleOf(entry));
      const outcome = await bench.tryChange(entry.file, change, [stageOf(entry)]);
      const verdict = verdictOf(outcome, entry);
      const { failure = '', seconds } = outcome;
      rows.push({ ...entry, verdict, failure, seconds });
      process.stderr.write(`${verdict} (${seconds.toFixed(0)} s) ${titleOf(entry)} ${failure}\n`);
    }
  } finally {
    await bench.close();
  }
  return rows;
}

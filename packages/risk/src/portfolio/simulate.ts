import { type CompiledPortfolio, compilePortfolio } from './compile.ts';
import { exactSum } from './measures.ts';
import { newScratch, type PathOutput, simulatePaths } from './paths.ts';
import { seedWords } from './random.ts';
import type { Portfolio } from './types.ts';

/** Paths of one task: small enough for progress, large enough that handing it out costs nothing. */
const TASK = 2 ** 14;

/** Most paths of a simulation. */
export const MAX_PATHS = 2 ** 26;

/** A part of a simulation that can run anywhere: plain data over shared memory. */
export type PathTask = {
  readonly model: CompiledPortfolio;
  readonly seed: readonly [number, number];
  readonly from: number;
  readonly to: number;
  /** Where all paths' results go. */
  readonly output: PathOutput;
};

/** Runs tasks, in any order and anywhere, and calls back after each. */
export type PathRunner = (tasks: readonly PathTask[], onDone: (task: PathTask) => void) => Promise<void>;

export type SimulateOptions = {
  /** 1 to 2^26. */
  readonly paths: number;
  readonly seed: bigint;
  /** In this thread when left out. */
  readonly runner?: PathRunner | undefined;
  /** Called with the share of paths that are done. */
  readonly onProgress?: ((done: number) => void) | undefined;
};

/** Simulated losses, path by path. The same for the same portfolio, paths and seed, whatever ran it. */
export type Simulation = {
  readonly portfolio: Portfolio;
  readonly model: CompiledPortfolio;
  readonly seed: bigint;
  readonly paths: number;
  /** Paid loss of each path, loss units of the model. */
  readonly losses: Float64Array;
  /** Recovered of it, loss units; empty without recoveries. */
  readonly recovered: Float64Array;
};

/** Runs one task in this thread. */
export function runTask({ model, seed, from, to, output }: PathTask, scratch = newScratch(model)): void {
  simulatePaths(model, { seed, from, to }, output, scratch);
}

/**
 * Simulates a portfolio's losses over one horizon.
 * @throws RangeError for a portfolio or a number of paths outside its range
 */
export async function simulatePortfolio(
  portfolio: Portfolio,
  { paths, seed, runner = runHere, onProgress }: SimulateOptions,
): Promise<Simulation> {
  if (!Number.isInteger(paths) || paths < 1 || paths > MAX_PATHS) {
    throw new RangeError(`paths is ${paths}: it must be a whole number from 1 to ${MAX_PATHS}.`);
  }
  const model = compilePortfolio(portfolio);
  const array = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length));
  const output = { losses: array(paths), recovered: array(portfolio.recovery ? paths : 0), offset: 0 };
  const words = seedWords(seed);
  const tasks: PathTask[] = [];
  for (let from = 0; from < paths; from += TASK) {
    tasks.push({ model, seed: words, from, to: Math.min(from + TASK, paths), output });
  }
  let done = 0;
  await runner(tasks, ({ from, to }) => {
    done += to - from;
    onProgress?.(done / paths);
  });
  return { portfolio, model, seed, paths, losses: output.losses, recovered: output.recovered };
}

/** Runs all tasks in this thread, and lets others go on between them. */
async function runHere(tasks: readonly PathTask[], onDone: (task: PathTask) => void): Promise<void> {
  const [first] = tasks;
  if (!first) return;
  const scratch = newScratch(first.model);
  for (const task of tasks) {
    runTask(task, scratch);
    onDone(task);
    await Promise.resolve();
  }
}

/** Mean loss of a path, in the portfolio's unit. */
export function meanLoss({ losses, model, paths }: Simulation): number {
  return (Number(exactSum(losses)) / paths) * model.unit;
}

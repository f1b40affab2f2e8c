import { exactSum, quantileOf, rankOf } from './measures.ts';
import { newScratch } from './paths.ts';
import { seedWords } from './random.ts';
import { runTask, type Simulation } from './simulate.ts';

/** Figures of a portfolio's loss over the horizon, in its unit. */
export type LossMeasures = {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly meanError: number;
  readonly deviation: number;
  /** Share of paths with a loss. */
  readonly anyLoss: number;
  readonly worst: number;
  readonly level: number;
  /** Value at risk: the smallest loss that a share `level` of the paths does not exceed. */
  readonly valueAtRisk: number;
  /** Mean of the value at risk and all losses that rank above it. */
  readonly tailValueAtRisk: number;
};

/** The worst paths of a simulation: those of the tail value at risk. */
export type Tail = {
  readonly level: number;
  /** Loss units. */
  readonly valueAtRisk: number;
  /** Paths above the value at risk, and of those at it the first ones, in their order. */
  readonly paths: Int32Array;
  /** Sum of their losses, loss units. */
  readonly sum: bigint;
};

/** The worst paths: from the rank of the value at risk upwards, ties by the path's number. */
export function tailOf({ losses, paths }: Simulation, level: number): Tail {
  const rank = rankOf(level, paths);
  const valueAtRisk = quantileOf(losses, rank);
  let above = 0;
  for (let i = 0; i < paths; i++) if ((losses[i] as number) > valueAtRisk) above++;
  let ties = paths - rank - above;
  const chosen = new Int32Array(paths - rank);
  const taken = new Float64Array(paths - rank);
  for (let i = 0, at = 0; i < paths; i++) {
    const loss = losses[i] as number;
    if (loss < valueAtRisk) continue;
    if (loss === valueAtRisk && ties-- <= 0) continue;
    chosen[at] = i;
    taken[at++] = loss;
  }
  return { level, valueAtRisk, paths: chosen, sum: exactSum(taken) };
}

/** Figures of a simulated loss. */
export function lossMeasures(simulation: Simulation, level = 0.995): LossMeasures {
  const { losses, paths, model } = simulation;
  const tail = tailOf(simulation, level);
  const mean = Number(exactSum(losses)) / paths;
  let squares = 0;
  let worst = 0;
  let some = 0;
  for (let i = 0; i < paths; i++) {
    const loss = losses[i] as number;
    squares += (loss - mean) ** 2;
    if (loss > worst) worst = loss;
    if (loss > 0) some++;
  }
  const deviation = Math.sqrt(squares / paths);
  return {
    mean: mean * model.unit,
    meanError: (deviation / Math.sqrt(paths)) * model.unit,
    deviation: deviation * model.unit,
    anyLoss: some / paths,
    worst: worst * model.unit,
    level,
    valueAtRisk: tail.valueAtRisk * model.unit,
    tailValueAtRisk: (Number(tail.sum) / tail.paths.length) * model.unit,
  };
}

/** A name's part of the tail: sums over the tail's paths, loss units. */
export type TailShares = {
  /** Of each name, in the portfolio's order; they add up to `sum` exactly. */
  readonly byName: readonly bigint[];
  readonly sum: bigint;
  readonly paths: number;
};

/**
 * Euler allocation of the tail value at risk: what each name lost in the paths of the tail. The paths are played again,
 * which gives the same losses, so the parts add up exactly.
 * @throws Error when a path gives another loss than before: the simulation was changed
 */
export function allocateTail(simulation: Simulation, tail: Tail): TailShares {
  const { model, seed, losses } = simulation;
  const scratch = newScratch(model);
  const byName = new BigInt64Array(model.names);
  const words = seedWords(seed);
  const output = { losses: new Float64Array(1), recovered: new Float64Array(1) };
  for (const path of tail.paths) {
    runTask({ model, seed: words, from: path, to: path + 1, output: { ...output, offset: path } }, scratch);
    if (output.losses[0] !== losses[path]) throw new Error(`Path ${path} gave another loss than before.`);
    for (let i = 0; i < scratch.failed; i++) {
      const name = scratch.failedNames[i] as number;
      byName[name] = (byName[name] as bigint) + BigInt(scratch.failedLosses[i] as number);
    }
  }
  return { byName: [...byName], sum: tail.sum, paths: tail.paths.length };
}

import type { Simulation } from './simulate.ts';
import type { Capital } from './types.ts';

/** What a tranche loses over the horizon; shares are of its capital. */
export type TrancheLoss = {
  readonly capital: number;
  /** Mean loss before recoveries, in the portfolio's unit. */
  readonly mean: number;
  /** Mean loss after recoveries, in the portfolio's unit. */
  readonly meanNet: number;
  /** Mean loss before recoveries as a share of capital. */
  readonly rate: number;
  /** Share of paths in which it loses anything, and everything. */
  readonly touched: number;
  readonly wiped: number;
};

/** Losses of both tranches, and what neither can bear. */
export type TrancheLosses = {
  readonly junior: TrancheLoss;
  readonly senior: TrancheLoss;
  /** Mean loss beyond all capital: claims that are not paid in full. */
  readonly unpaid: number;
  /** Share of paths with a loss beyond all capital. */
  readonly ruin: number;
};

/**
 * Sends each path's loss through the tranches: junior until it is empty, then senior; recoveries go to senior up to what
 * it lost, then to junior. Premium earned meanwhile is not counted.
 */
export function trancheLosses(simulation: Simulation, capital: Capital): TrancheLosses {
  const { losses, recovered, paths, model } = simulation;
  const junior = capital.junior / model.unit;
  const senior = capital.senior / model.unit;
  const sums = { junior: 0, juniorNet: 0, senior: 0, seniorNet: 0, unpaid: 0 };
  const counts = { junior: 0, juniorWiped: 0, senior: 0, seniorWiped: 0, ruin: 0 };
  for (let i = 0; i < paths; i++) {
    const loss = losses[i] as number;
    if (loss === 0) continue;
    const fromJunior = Math.min(loss, junior);
    const fromSenior = Math.min(loss - fromJunior, senior);
    const paid = fromJunior + fromSenior;
    // Of a loss paid in part the same part is recovered for the tranches.
    const back = recovered.length > 0 ? ((recovered[i] as number) * paid) / loss : 0;
    const toSenior = Math.min(back, fromSenior);
    sums.junior += fromJunior;
    sums.juniorNet += fromJunior - (back - toSenior);
    sums.senior += fromSenior;
    sums.seniorNet += fromSenior - toSenior;
    sums.unpaid += loss - paid;
    if (fromJunior > 0) counts.junior++;
    if (junior > 0 && fromJunior === junior) counts.juniorWiped++;
    if (fromSenior > 0) counts.senior++;
    if (senior > 0 && fromSenior === senior) counts.seniorWiped++;
    if (loss > paid) counts.ruin++;
  }
  const tranche = (of: number, mean: number, meanNet: number, touched: number, wiped: number) => ({
    capital: of,
    mean: (mean / paths) * model.unit,
    meanNet: (meanNet / paths) * model.unit,
    rate: of === 0 ? 0 : ((mean / paths) * model.unit) / of,
    touched: touched / paths,
    wiped: wiped / paths,
  });
  return {
    junior: tranche(capital.junior, sums.junior, sums.juniorNet, counts.junior, counts.juniorWiped),
    senior: tranche(capital.senior, sums.senior, sums.seniorNet, counts.senior, counts.seniorWiped),
    unpaid: (sums.unpaid / paths) * model.unit,
    ruin: counts.ruin / paths,
  };
}

/** A point of the loss curve: of the slice of capital that begins at an attachment. */
export type CurvePoint = {
  /** Loss at which the slice begins, in the portfolio's unit. */
  readonly attachment: number;
  /** Chance that the loss exceeds it. */
  readonly exceeded: number;
  /** Mean loss of the slice from here to the next point as a share of its width. */
  readonly rate: number;
};

/**
 * Loss curve over the capital: for equally wide slices, the chance that the loss reaches beyond their beginning and
 * their mean loss. The mean loss of any tranche is the sum of its slices.
 * @param upTo where the last slice ends, in the portfolio's unit
 */
export function lossCurve({ losses, paths, model }: Simulation, upTo: number, slices = 100): CurvePoint[] {
  const width = upTo / slices / model.unit;
  const reached = new Float64Array(slices + 1);
  const within = new Float64Array(slices + 1);
  for (let i = 0; i < paths; i++) {
    const loss = losses[i] as number;
    if (loss === 0) continue;
    const slice = Math.min(slices, Math.ceil(loss / width) - 1);
    reached[slice] = (reached[slice] as number) + 1;
    if (slice < slices) within[slice] = (within[slice] as number) + (loss - slice * width) / width;
  }
  let beyond = reached[slices] as number;
  const points: CurvePoint[] = [];
  for (let slice = slices - 1; slice >= 0; slice--) {
    const rate = (beyond + (within[slice] as number)) / paths;
    beyond += reached[slice] as number;
    points.push({ attachment: slice * width * model.unit, exceeded: beyond / paths, rate });
  }
  return points.reverse();
}

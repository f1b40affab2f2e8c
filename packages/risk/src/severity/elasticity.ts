import { at } from '../statistics/cholesky.ts';
import { type Estimate, mean, sum } from '../statistics/summary.ts';

/** By how many per cent a loss grows with one per cent of value locked, by least squares of the logarithms. */
export function lossElasticity(events: readonly { readonly tvl: number; readonly loss: number }[]): Estimate {
  const x = events.map(({ tvl }) => Math.log(tvl));
  const y = events.map(({ loss }) => Math.log(loss));
  const [meanX, meanY] = [mean(x), mean(y)];
  const spread = sum(x.map((one) => (one - meanX) ** 2));
  const slope = sum(x.map((one, i) => (one - meanX) * (at(y, i) - meanY))) / spread;
  const residual = sum(x.map((one, i) => (at(y, i) - meanY - slope * (one - meanX)) ** 2));
  const se = Math.sqrt(residual / Math.max(1, events.length - 2) / spread);
  return { value: slope, low: slope - 1.96 * se, high: slope + 1.96 * se };
}

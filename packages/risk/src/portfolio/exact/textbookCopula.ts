import { normalQuantile } from '../specialFunctions.ts';
import type { Portfolio } from '../types.ts';

/**
 * The one-factor Gaussian copula as textbooks write it: for each path and name a normal draw (Box-Muller, both values
 * used) against a threshold. What the sampling of `simulatePortfolio` is measured against.
 * @returns losses by path, in the portfolio's unit
 */
export function textbookCopula({ names, severities, correlation }: Portfolio, paths: number): Float64Array {
  const thresholds = Float64Array.from(names, ({ failure }) => normalQuantile(failure));
  const exposures = Float64Array.from(names, ({ cover, deductible }) => cover * (1 - deductible));
  const laws = names.map(({ severity }) => Float64Array.from(severities[severity] ?? []));
  const common = Math.sqrt(correlation);
  const own = Math.sqrt(1 - correlation);
  let spare = 0;
  let hasSpare = false;
  const normal = () => {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    const angle = 2 * Math.PI * Math.random();
    spare = radius * Math.sin(angle);
    hasSpare = true;
    return radius * Math.cos(angle);
  };
  const losses = new Float64Array(paths);
  for (let path = 0; path < paths; path++) {
    const factor = common * normal();
    let loss = 0;
    for (let i = 0; i < names.length; i++) {
      if (factor + own * normal() >= (thresholds[i] as number)) continue;
      const law = laws[i] as Float64Array;
      loss += (exposures[i] as number) * (law[Math.floor(Math.random() * law.length)] as number);
    }
    losses[path] = loss;
  }
  return losses;
}

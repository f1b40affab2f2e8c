import { normalQuantile } from '../../statistics/normal.ts';
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
  // The factor is the first normal of a path, then one for each name.
  const normals = new Float64Array(2 * Math.ceil((names.length + 1) / 2));
  const losses = new Float64Array(paths);
  for (let path = 0; path < paths; path++) {
    fillNormals(normals);
    const factor = common * (normals[0] as number);
    let loss = 0;
    for (let i = 0; i < names.length; i++) {
      if (factor + own * (normals[i + 1] as number) >= (thresholds[i] as number)) continue;
      const law = laws[i] as Float64Array;
      loss += (exposures[i] as number) * (law[Math.floor(Math.random() * law.length)] as number);
    }
    losses[path] = loss;
  }
  return losses;
}

/** Independent standard normals, by pairs (Box-Muller). */
function fillNormals(normals: Float64Array): void {
  for (let i = 0; i < normals.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    const angle = 2 * Math.PI * Math.random();
    normals[i] = radius * Math.cos(angle);
    normals[i + 1] = radius * Math.sin(angle);
  }
}

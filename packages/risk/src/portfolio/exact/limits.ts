import { normalCdf, normalQuantile } from '../../statistics/normal.ts';

/**
 * Chances of 0, 1, ... n failures of independent names: the Poisson-binomial distribution.
 * @param failures chance of each name
 */
export function poissonBinomial(failures: readonly number[]): Float64Array {
  const chances = new Float64Array(failures.length + 1);
  chances[0] = 1;
  failures.forEach((failure, i) => {
    for (let k = i + 1; k >= 0; k--) {
      chances[k] = (chances[k] ?? 0) * (1 - failure) + (k > 0 ? (chances[k - 1] ?? 0) * failure : 0);
    }
  });
  return chances;
}

/**
 * Quantile of the share of infinitely many equal names that fail (Vasicek):
 * Phi((Phi^-1(p) + sqrt(rho) Phi^-1(level)) / sqrt(1 - rho)).
 */
export function vasicekQuantile(failure: number, correlation: number, level: number): number {
  const factor = normalQuantile(level);
  return normalCdf((normalQuantile(failure) + Math.sqrt(correlation) * factor) / Math.sqrt(1 - correlation));
}

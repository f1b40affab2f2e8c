import { sqrt, sqrtUp } from '../integer/sqrt.ts';

/**
 * S = z sqrt(V), rounded down, 1e-12 asset units.
 *
 * Source: `PremiumMath.requiredCapitalDown`.
 * @param variance V times 1e16
 * @param z tail multiplier, 1e4 = 1
 * @throws RangeError for a negative variance
 */
export function requiredCapitalDown(variance: bigint, z: bigint): bigint {
  return z * sqrt(variance);
}

/**
 * S = z sqrt(V), rounded up, 1e-12 asset units.
 *
 * Source: `PremiumMath.requiredCapitalUp`.
 * @param variance V times 1e16
 * @param z tail multiplier, 1e4 = 1
 * @throws RangeError for a negative variance
 */
export function requiredCapitalUp(variance: bigint, z: bigint): bigint {
  return z * sqrtUp(variance);
}

import { min } from '../integer/bounds.ts';
import { mulDivUp } from '../integer/mulDiv.ts';
import { BPS, CAPITAL_UNIT } from '../units.ts';

/** What a pool stores of it has 16 bits. */
const MOST = 65_535n;

/**
 * Utilisation of pricing capital, rounded up, basis points, at most 65,535; that too where there is no capital.
 *
 * Source: `PoolRisk._utilisationBps`.
 * @param required S, 1e-12 asset units
 * @param pricingCapital K_p, asset units
 */
export function utilisationBps(required: bigint, pricingCapital: bigint): bigint {
  if (required === 0n) return 0n;
  if (pricingCapital === 0n) return MOST;
  return min(mulDivUp(required, BPS, pricingCapital * CAPITAL_UNIT), MOST);
}

import { mulDivUp } from '../integer/mulDiv.ts';
import { BPS } from '../units.ts';

/**
 * Fee on a premium, rounded up, asset units.
 *
 * Source: `PremiumMath.feeOn`.
 * @param net premium without fee, asset units
 * @param feeBps basis points
 */
export function feeOn(net: bigint, feeBps: bigint): bigint {
  return mulDivUp(net, feeBps, BPS);
}

import { mulDivDown } from '../integer/mulDiv.ts';
import { RATE, YEAR } from '../units.ts';

/**
 * Expected-loss part of a premium, rounded down, asset units.
 *
 * Source: `PremiumMath.expectedLoss`.
 * @param cover asset units
 * @param el expected loss rate, 1e8 = 100 % a year
 * @param term seconds
 */
export function expectedLoss(cover: bigint, el: bigint, term: bigint): bigint {
  return mulDivDown(cover * el, term, YEAR * RATE);
}

/** Charge up to the kink, at it, and its bound. */
const FLAT = 200n;
const KINK = 6_000n;
const MAX = 2_500n;

/**
 * What the senior tranche earns on top of its expected loss, at most, basis points a year: 2 % up to u = 0.6, then
 * linear to 10 % at u = 0.85 and beyond it to the bound of 25 %; rounded down.
 *
 * Source: `PremiumMath.seniorCharge`.
 * @param utilisationBps u, basis points
 */
export function seniorCharge(utilisationBps: bigint): bigint {
  if (utilisationBps <= KINK) return FLAT;
  const charge = FLAT + ((utilisationBps - KINK) * 800n) / 2_500n;
  return charge > MAX ? MAX : charge;
}

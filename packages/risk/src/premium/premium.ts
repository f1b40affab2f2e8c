import { mulDivUp } from '../integer/mulDiv.ts';
import { BPS, CAPITAL_UNIT, YEAR } from '../units.ts';
import { psiDown, psiUp } from './psi.ts';
import { requiredCapitalDown, requiredCapitalUp } from './requiredCapital.ts';

/** What the price of one purchase depends on. */
export type PremiumInputs = {
  /** Cover bought, asset units. */
  readonly cover: bigint;
  /** Seconds from the purchase to the end of cover. */
  readonly term: bigint;
  /** Expected loss rate, 1e8 = 100 % a year. */
  readonly el: bigint;
  /** V before the purchase, times 1e16. */
  readonly varianceBefore: bigint;
  /** V after the purchase, times 1e16; not below the one before. */
  readonly varianceAfter: bigint;
  /** Tail multiplier, 1e4 = 1. */
  readonly z: bigint;
  /** Pricing capital K_p, asset units. */
  readonly pricingCapital: bigint;
  /** Cost of capital, basis points a year. */
  readonly costOfCapitalBps: bigint;
};

/** The price of one purchase. */
export type Premium = {
  /** Premium without fee, rounded up, asset units. */
  readonly net: bigint;
  /** S after the purchase, rounded up, 1e-12 asset units. */
  readonly requiredAfter: bigint;
};

/**
 * Premium without fee: T / YEAR x [el D + CoC (Psi(S after) - Psi(S before))], rounded up. S before rounds down and
 * S after rounds up, so that splitting a purchase never costs less.
 *
 * Source: `PremiumMath.premium`.
 * @throws CapitalExceededError unless S after is below K_p
 */
export function premium(inputs: PremiumInputs): Premium {
  const { cover, term, el, varianceBefore, varianceAfter, z, costOfCapitalBps } = inputs;
  const capital = inputs.pricingCapital * CAPITAL_UNIT;
  const requiredAfter = requiredCapitalUp(varianceAfter, z);
  const charge = psiUp(requiredAfter, capital) - psiDown(requiredCapitalDown(varianceBefore, z), capital);
  // el D in 1e-8 asset units, brought to 1e-12.
  const rate = el * cover * 10_000n + mulDivUp(charge, costOfCapitalBps, BPS);
  return { net: mulDivUp(rate, term, YEAR * CAPITAL_UNIT), requiredAfter };
}

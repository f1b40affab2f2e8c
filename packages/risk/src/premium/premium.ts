import { mulDivUp } from '../integer/mulDiv.ts';
import { BPS, CAPITAL_UNIT, YEAR } from '../units.ts';
import { psiDown, psiUp } from './psi.ts';

/** What the price of one purchase depends on. */
export type PremiumInputs = {
  /** Cover bought, asset units. */
  readonly cover: bigint;
  /** Seconds from the purchase to the end of cover. */
  readonly term: bigint;
  /** Expected loss rate, 1e8 = 100 % a year. */
  readonly el: bigint;
  /** S before the purchase, rounded down, 1e-12 asset units. */
  readonly requiredBefore: bigint;
  /** S after the purchase, rounded up, 1e-12 asset units; not below the one before. */
  readonly requiredAfter: bigint;
  /** Pricing capital K_p, asset units. */
  readonly pricingCapital: bigint;
  /** Cost of capital, basis points a year. */
  readonly costOfCapitalBps: bigint;
};

/**
 * Premium without fee: T / YEAR x [el D + CoC (Psi(S after) - Psi(S before))], rounded up, asset units. S before is
 * rounded down and S after up, so that splitting a purchase never costs less.
 *
 * Source: `PremiumMath.premium`.
 * @throws CapitalExceededError unless S after is below K_p
 */
export function premium(inputs: PremiumInputs): bigint {
  const { cover, term, el, requiredBefore, requiredAfter, pricingCapital, costOfCapitalBps } = inputs;
  const capital = pricingCapital * CAPITAL_UNIT;
  const charge = psiUp(requiredAfter, capital) - psiDown(requiredBefore, capital);
  // el D in 1e-8 asset units, brought to 1e-12.
  const rate = el * cover * 10_000n + mulDivUp(charge, costOfCapitalBps, BPS);
  return mulDivUp(rate, term, YEAR * CAPITAL_UNIT);
}

import { min, minusFloored } from '../integer/bounds.ts';
import { seniorCharge } from '../premium/seniorCharge.ts';
import { BPS, YEAR } from '../units.ts';

/** What the split of a premium between the tranches depends on. The pool's arithmetic wraps beyond the bounds given. */
export type SplitInputs = {
  /** Premium earned over `elapsed`, asset units, below 2^97. */
  readonly earned: bigint;
  /** Seconds, below 2^40. */
  readonly elapsed: bigint;
  /** Assets of the tranches, asset units, below 2^97. */
  readonly junior: bigint;
  readonly senior: bigint;
  /** Expected loss of the pool, asset units a year, below 2^97. */
  readonly expectedLoss: bigint;
  /** Expected loss rate of the senior tranche, basis points a year, below 2^16. */
  readonly seniorElBps: bigint;
  /** Utilisation, basis points, below 2^16. */
  readonly utilisationBps: bigint;
  /** Least junior share of capital, basis points, below 2^16. */
  readonly minJuniorBps: bigint;
};

/** An amount by tranche, asset units. */
export type ByTranche = { readonly junior: bigint; readonly senior: bigint };

/**
 * Splits earned premium: senior earns r_s = el_s + min(charge(u), max(0, r - el)), junior the rest; the rest of a
 * junior tranche below its least share is scaled down in proportion, in favour of senior. Each part of senior's is
 * rounded down; the two always add up to what was earned.
 *
 * Source: `TrancheMath.split`.
 */
export function splitPremium(inputs: SplitInputs): ByTranche {
  const { earned, elapsed, junior, senior } = inputs;
  if (senior === 0n) return { junior: earned, senior: 0n };
  if (junior === 0n) return { junior: 0n, senior: earned };
  const capital = junior + senior;
  const loss = (inputs.expectedLoss * elapsed) / YEAR;
  const margin = (minusFloored(earned, loss) * senior) / capital;
  const perYear = YEAR * BPS;
  const charge = (senior * seniorCharge(inputs.utilisationBps) * elapsed) / perYear;
  const due = (senior * inputs.seniorElBps * elapsed) / perYear + min(charge, margin);
  const toJunior = earned - min(due, earned);
  const least = capital * inputs.minJuniorBps;
  const kept = junior * BPS < least ? (toJunior * junior * BPS) / least : toJunior;
  return { junior: kept, senior: earned - kept };
}

import { min } from '../integer/bounds.ts';
import { mulDivDown } from '../integer/mulDiv.ts';
import { WAD } from '../units.ts';
import type { ByTranche } from './split.ts';

/**
 * Who bears a loss: junior until it is empty, then senior; exact.
 *
 * Source: `TrancheMath.waterfall`.
 * @param loss at most junior + senior; more is not taken from anyone; asset units
 */
export function waterfall(loss: bigint, { junior, senior }: ByTranche): ByTranche {
  const fromJunior = min(loss, junior);
  return { junior: fromJunior, senior: min(loss - fromJunior, senior) };
}

/**
 * Who gets recovered funds: senior up to what it lost, then junior. Cumulative; exact.
 *
 * Source: `TrancheMath.recovery`.
 * @param recovered all that was recovered so far, asset units
 * @param lostSenior what senior lost, asset units
 */
export function recovery(recovered: bigint, lostSenior: bigint): ByTranche {
  const senior = min(recovered, lostSenior);
  return { junior: recovered - senior, senior };
}

/**
 * Share of a claim that can be paid, 1e18 = all of it, rounded down: min(1, capital / (liability + others)).
 *
 * Source: `TrancheMath.ratio`.
 * @param capital before any of the incidents, asset units
 * @param liability of the incident, asset units
 * @param others liabilities of the others that are open, asset units
 */
export function payoutRatio(capital: bigint, liability: bigint, others: bigint): bigint {
  const total = liability + others;
  return total <= capital ? WAD : mulDivDown(capital, WAD, total);
}

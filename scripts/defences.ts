// A defence of the contracts as text that can be taken out, and what a test made of its absence.

import type { Outcome } from './mutation-bench.ts';
import { type Change, replaceOnce } from './planted.ts';

export type Defence = Change & {
  /** Number of the attack in docs/threat-model.md, two digits. */
  attack: string;
  /** What stands against it, in words. */
  defence: string;
  /** Function that fails without it. */
  test: string;
};

export function removeDefence(source: string, defence: Defence): string {
  return replaceOnce(source, defence, `Attack ${defence.attack}, ${defence.defence}`);
}

/** A set-up that fails shows a broken contract, not a missing defence. */
export function verdictOf({ verdict, failure = '' }: Outcome): string {
  if (verdict === 'survived') return 'PASSES without it';
  if (verdict === 'does not compile') return 'DOES NOT COMPILE without it';
  return /\btest_Attack\d\d_/.test(failure) ? 'fails without it' : `FAILS ELSEWHERE: ${failure}`;
}

// A defence of the contracts as text that can be taken out, and what a test made of its absence.

import type { Outcome } from './mutation-bench.ts';

export type Defence = {
  /** Number of the attack in docs/threat-model.md, two digits. */
  attack: string;
  /** What stands against it, in words. */
  defence: string;
  /** Source whose only `find` becomes `replace`. */
  file: string;
  find: string;
  replace: string;
  /** Function that fails without it. */
  test: string;
};

export function removeDefence(source: string, { attack, defence, file, find, replace }: Defence): string {
  const times = source.split(find).length - 1;
  if (times !== 1)
    throw new Error(`Attack ${attack}, ${defence}: the text is ${times} times in ${file}, not once.`);
  return source.replace(find, () => replace);
}

/** A set-up that fails shows a broken contract, not a missing defence. */
export function verdictOf({ verdict, failure = '' }: Outcome): string {
  if (verdict === 'survived') return 'PASSES without it';
  if (verdict === 'does not compile') return 'DOES NOT COMPILE without it';
  return /\btest_Attack\d\d_/.test(failure) ? 'fails without it' : `FAILS ELSEWHERE: ${failure}`;
}

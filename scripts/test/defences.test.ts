import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { type Defence, removeDefence, verdictOf } from '../defences.ts';
import { type Change, replaceOnce } from '../planted.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const defence: Defence = {
  attack: '01',
  defence: 'a bound',
  file: 'F.sol',
  find: 'if (a > max) revert TooMuch();',
  replace: '',
  test: 'test_Attack01_Taking',
};
const outcome = { verdict: 'killed', by: 'x', seconds: 1 } as const;

test('a defence is taken out where it is there once, and refused otherwise', () => {
  expect(removeDefence('x; if (a > max) revert TooMuch(); y;', defence)).toBe('x;  y;');
  expect(() => removeDefence('x;', defence)).toThrow('0 times in F.sol');
  expect(() => removeDefence(defence.find + defence.find, defence)).toThrow('2 times in F.sol');
  expect(removeDefence('$1', { ...defence, find: '$1', replace: '$&' })).toBe('$&');
});

test('only the failure of the test itself counts', () => {
  expect(verdictOf({ ...outcome, failure: '[FAIL: 1 != 0] test_Attack01_Taking() (gas: 1)' })).toBe(
    'fails without it',
  );
  expect(verdictOf({ ...outcome, failure: '[FAIL: x] setUp() (gas: 0)' })).toContain('FAILS ELSEWHERE');
  expect(verdictOf({ ...outcome, failure: 'forge ended with 1' })).toContain('FAILS ELSEWHERE');
  expect(verdictOf({ ...outcome, verdict: 'survived' })).toContain('PASSES');
  expect(verdictOf({ ...outcome, verdict: 'does not compile' })).toContain('NOT COMPILE');
});

test.each(['attacks/defences.json', 'invariant/faults.json'])(
  'every text of %s is in the contracts, once',
  async (list) => {
    const changes: Change[] = JSON.parse(await readFile(join(root, 'contracts/test', list), 'utf8'));
    expect(changes.length).toBeGreaterThan(0);
    for (const change of changes) {
      replaceOnce(await readFile(join(root, change.file), 'utf8'), change, change.find);
    }
  },
);

import { expect, test } from 'vitest';

import { apply, keyOf, mutantsOf, shuffle } from '../mutations.ts';

const source = `import {A} from "./A.sol";
// a < b
uint256 constant X = 1 + 2;
function f(uint256 a, uint256 b) {
    if (a < b) revert Less(a, b);
    total += Math.fullMulDivUp(a, b, 1e4);
    uint256 c = Math.min(a, b);
    emit Counted(a - b);
}
`;

test('every operator is found once where it applies, and none in comments, constants and events', () => {
  const mutants = mutantsOf('F.sol', source).map(({ line, operator, after }) => [
    line,
    operator,
    after.trim(),
  ]);
  expect(mutants).toEqual([
    [5, 'comparison', 'if (a <= b) revert Less(a, b);'],
    [5, 'missing check', ''],
    [6, 'arithmetic', 'total -= Math.fullMulDivUp(a, b, 1e4);'],
    [6, 'rounding', 'total += Math.fullMulDiv(a, b, 1e4);'],
    [6, 'missing update', ''],
    [7, 'order', 'uint256 c = Math.max(a, b);'],
  ]);
});

test('a mutant changes its line alone, and its key does not depend on where the line is', () => {
  const [mutant] = mutantsOf('F.sol', source);
  const [moved] = mutantsOf('F.sol', `\n\n${source}`);
  if (!mutant || !moved) throw new Error('no mutant');
  expect(apply(source, mutant)).toBe(source.replace('a < b) revert', 'a <= b) revert'));
  expect(keyOf(moved)).toBe(keyOf(mutant));
});

test('a shuffle keeps everything and follows its seed', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  expect([...shuffle(items, 1)].sort((a, b) => a - b)).toEqual(items);
  expect(shuffle(items, 1)).toEqual(shuffle(items, 1));
  expect(shuffle(items, 1)).not.toEqual(shuffle(items, 2));
});

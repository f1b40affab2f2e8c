// Faults of one token or one line in Solidity sources, found by text: enough for code formatted by `forge fmt`.

export type Mutant = {
  file: string;
  line: number;
  operator: 'comparison' | 'arithmetic' | 'rounding' | 'order' | 'missing check' | 'missing update';
  /** The line as it is, and as the mutant has it (empty where it is deleted). */
  before: string;
  after: string;
};

const swaps: readonly [Mutant['operator'], RegExp, string][] = [
  ['comparison', / < /g, ' <= '],
  ['comparison', / <= /g, ' < '],
  ['comparison', / > /g, ' >= '],
  ['comparison', / >= /g, ' > '],
  ['comparison', / == /g, ' != '],
  ['comparison', / != /g, ' == '],
  ['arithmetic', / \+ /g, ' - '],
  ['arithmetic', / - /g, ' + '],
  ['arithmetic', / \* /g, ' / '],
  ['arithmetic', / \/ /g, ' * '],
  ['arithmetic', / \+= /g, ' -= '],
  ['arithmetic', / -= /g, ' += '],
  ['rounding', /ulDiv\(/g, 'ulDivUp('],
  ['rounding', /ulDivUp\(/g, 'ulDiv('],
  ['order', /Math\.min\(/g, 'Math.max('],
  ['order', /Math\.max\(/g, 'Math.min('],
];

const check = /^\s*if \(.*\) revert .*;$/;
const update = /^\s*[\w.]+(\[[^=]*\])?[\w.[\]]* [+-]?= .*;$/;
/** What is no code, or says only what happened. */
const skipped =
  /^\s*(\/\/|import |pragma |using |emit |error |event |function |for \(|\}? ?from |.* constant )/;

/** Every mutant of a source, in the order of its lines. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const lines = source.split('\n');
  return lines.flatMap((before, index) => {
    if (skipped.test(before)) return [];
    const code = before.replace(/\/\/.*$/, '');
    const at = { file, line: index + 1, before };
    const found: Mutant[] = [];
    for (const [operator, token, replacement] of swaps) {
      for (const { index: start, 0: text } of code.matchAll(token)) {
        found.push({
          ...at,
          operator,
          after: before.slice(0, start) + replacement + before.slice(start + text.length),
        });
      }
    }
    if (check.test(before)) found.push({ ...at, operator: 'missing check', after: '' });
    else if (update.test(before)) found.push({ ...at, operator: 'missing update', after: '' });
    return found;
  });
}

export function apply(source: string, { line, after }: Mutant): string {
  const lines = source.split('\n');
  lines[line - 1] = after;
  return lines.join('\n');
}

/** Stays the same while the line does, wherever it moves to. */
export function keyOf({ file, operator, before, after }: Mutant): string {
  return [file, operator, before.trim(), after.trim()].join(' | ');
}

/** The same order for the same seed. */
export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const shuffled = [...items];
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let end = shuffled.length - 1; end > 0; end -= 1) {
    const place = Math.floor(next() * (end + 1));
    const held = shuffled[end] as T;
    shuffled[end] = shuffled[place] as T;
    shuffled[place] = held;
  }
  return shuffled;
}

// Shows that random sequences find faults: plants one fault after the other, as contracts/test/invariant/faults.json says, and
// expects the suites of contracts/test/invariant to fail, with as many sequences and the same seed as `npm test`.
//
// `--only TEXT` in the invariant or the fault; `--seed 0x..` other sequences; `--json` one object on stdout. Ends with 1
// where a fault is not found.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Outcome } from './mutation-bench.ts';
import type { Stage } from './mutation-stages.ts';
import { type Change, plantEach, replaceOnce } from './planted.ts';

/** A fault in words, and the invariant that does not hold with it. */
type Fault = Change & { invariant: string; fault: string };

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const stage: Stage = {
  name: 'random sequences',
  tests: 'invariant/*.t.sol',
  environment: {
    // A sequence that was kept would be played to the next fault, and a shorter one shows no more.
    FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: '0',
    FOUNDRY_INVARIANT_FAILURE_PERSIST_DIR: '/dev/null',
    ...(options.seed === undefined ? {} : { FOUNDRY_FUZZ_SEED: options.seed }),
  },
};

const all: Fault[] = JSON.parse(await readFile(join(root, 'contracts/test/invariant/faults.json'), 'utf8'));
for (const entry of all) replaceOnce(await readFile(join(root, entry.file), 'utf8'), entry, titleOf(entry));
const chosen = all.filter((entry) => titleOf(entry).includes(options.only));
if (chosen.length === 0) throw new Error(`No fault has "${options.only}" in it.`);

const rows = await plantEach(root, chosen, stage, () => stage, verdictOf, titleOf);
const found = rows.filter(({ verdict }) => verdict.startsWith('found')).length;
if (options.json) {
  const faults = rows.map(({ invariant, fault, verdict, failure }) => ({
    invariant,
    fault,
    verdict,
    failure,
  }));
  process.stdout.write(`${JSON.stringify({ faults: rows.length, found, rows: faults })}\n`);
} else {
  process.stdout.write('| invariant | fault | verdict |\n| --- | --- | --- |\n');
  for (const { invariant, fault, verdict } of rows)
    process.stdout.write(`| ${invariant} | ${fault} | ${verdict} |\n`);
  process.stdout.write(`${found} of ${rows.length} faults are found\n`);
}
process.exitCode = found === rows.length ? 0 : 1;

/** What fails first may be another invariant than the one that the fault was planted against. */
function verdictOf({ verdict, failure = '' }: Outcome, { invariant }: Fault): string {
  if (verdict === 'survived') return 'NOT FOUND';
  if (verdict === 'does not compile') return 'DOES NOT COMPILE';
  if (failure.includes(invariant)) return 'found';
  return /\b[A-Z]+-\d\b|invariant_\w+\(/.test(failure)
    ? 'found, by another check'
    : `FAILS ELSEWHERE: ${failure}`;
}

function titleOf({ invariant, fault }: Fault): string {
  return `${invariant}, ${fault}`;
}

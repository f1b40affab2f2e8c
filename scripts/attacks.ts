// Shows that every attack test needs the defence it is about: takes one defence after the other out of the contracts, as
// contracts/test/attacks/defences.json says, and expects the named test to fail.
//
// `--only TEXT` in the attack's number or the defence; `--list` the defences alone; `--json` one object
// on stdout. Ends with 1 where a test passes without its defence, where it cannot be taken out, or fails in its set-up.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Defence, removeDefence, verdictOf } from './defences.ts';
import type { Stage } from './mutation-stages.ts';
import { type Planted, plantEach } from './planted.ts';
import { findFiles } from './sources.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'contracts/test/attacks';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const all: Defence[] = JSON.parse(await readFile(join(root, folder, 'defences.json'), 'utf8'));
await check(all);
const chosen = all.filter(({ attack, defence }) => `${attack} ${defence}`.includes(options.only));
if (chosen.length === 0) throw new Error(`No defence has "${options.only}" in it.`);
if (options.list) process.stdout.write(all.map((entry) => `${titleOf(entry)}\n`).join(''));
else await run();

/** Every text is there once, every test exists, and every test of an attack needs a defence or is said to need none. */
async function check(entries: readonly Defence[]): Promise<void> {
  const tests = new Set<string>();
  for (const file of await findFiles(root, `${folder}/*.t.sol`)) {
    const text = await readFile(join(root, file), 'utf8');
    for (const [, test = ''] of text.matchAll(/function (test_Attack\d\d_\w+)\(/g)) tests.add(test);
  }
  for (const entry of entries) {
    removeDefence(await readFile(join(root, entry.file), 'utf8'), entry);
    if (!tests.has(entry.test)) throw new Error(`${titleOf(entry)}: no ${entry.test}.`);
    if (!entry.test.startsWith(`test_Attack${entry.attack}_`)) {
      throw new Error(`${titleOf(entry)}: ${entry.test} is about another attack.`);
    }
  }
  const attacks = new Set([...tests].map((test) => test.slice(11, 13)));
  for (const attack of attacks) {
    if (!entries.some((entry) => entry.attack === attack))
      throw new Error(`Attack ${attack} has no defence.`);
  }
}

async function run(): Promise<void> {
  report(await plantEach(root, chosen, stageOf(), stageOf, verdictOf, titleOf));
}

/** The test that must fail without a defence; without an entry, all attacks. */
function stageOf(entry?: Defence): Stage {
  // Always all of them: they take seconds, and forge compiles anew for another choice.
  const tests = 'attacks/*.t.sol';
  return entry
    ? { name: entry.test, tests, only: entry.test, environment: {} }
    : { name: 'all attacks', tests, only: '', environment: {} };
}

function report(rows: readonly Planted<Defence>[]): void {
  const failing = rows.filter(({ verdict }) => verdict === 'fails without it').length;
  if (options.json) {
    const defences = rows.map(({ attack, defence, test, verdict, failure }) => ({
      attack,
      defence,
      test,
      verdict,
      failure,
    }));
    const attacks = new Set(rows.map(({ attack }) => attack)).size;
    process.stdout.write(
      `${JSON.stringify({ attacks, defences: rows.length, failWithout: failing, rows: defences })}\n`,
    );
  } else {
    process.stdout.write('| attack | defence | test | without it |\n| --- | --- | --- | --- |\n');
    for (const { attack, defence, test, verdict } of rows) {
      process.stdout.write(`| ${attack} | ${defence} | ${test} | ${verdict} |\n`);
    }
    process.stdout.write(`${failing} of ${rows.length} tests fail without their defence\n`);
  }
  process.exitCode = failing === rows.length ? 0 : 1;
}

function titleOf({ attack, defence }: Defence): string {
  return `attack ${attack}, ${defence}`;
}

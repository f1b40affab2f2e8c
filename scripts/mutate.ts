// Plants faults in the contracts that move money, one at a time, and sees whether the contract tests notice.
//
// Each worker has a copy of the repository in a temporary folder. A fault is compiled into the artifacts that fixtures
// deploy from (BREAKWATER_ARTIFACTS), without the optimiser and only where it reaches, so that few tests are compiled anew;
// the nearest tests run first, then all.
//
// `--count N` mutants (220); `--sample N` another name for a quick run; `--seed N` (1); `--only TEXT` in the file's name;
// `--workers N` (2); `--fresh` forgets earlier results; `--list` prints the mutants alone; `--json` one object on stdout.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MutationBench, type Outcome } from './mutation-bench.ts';
import { keyOf, type Mutant, mutantsOf, shuffle } from './mutations.ts';
import { findFiles } from './sources.ts';

type Justified = { file: string; line: string; operator: string; becomes: string; reason: string };
/** `tree` are the hashes of all contracts and tests, `source` that of the mutant's file, `testHash` of the test that failed. */
type Kept = Outcome & { tree: string; source: string; testHash: string | undefined };
type State = Record<string, Kept>;

const root = fileURLToPath(new URL('..', import.meta.url));
const statePath = join(root, 'cache/mutation/state.json');
const justifiedPath = join(root, 'contracts/test/mutation/justified.json');
/** Where money is moved or its amount decided. */
const paths = [
  'underwriting/*',
  'libraries/*',
  'incidents/{BondBook,IncidentBoard}',
  'periphery/CoverRouter',
];

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '220' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: '2' },
    fresh: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const justified = await readJustified();
const candidates = shuffle(await findMutants(options.only), Number(options.seed));
const wanted = Number(options.sample ?? options.count);
if (options.list) {
  for (const mutant of candidates.slice(0, wanted)) process.stdout.write(`${describe(mutant)}\n`);
} else {
  await run();
}

async function run(): Promise<void> {
  // Workers copy what is compiled, so that none compiles it again.
  const { status } = spawnSync(join(root, 'scripts/forge'), ['build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The contracts do not compile; the output is above.');
  const tree = await hashOf('contracts/{src,test}/**/*.sol');
  const state = await readState(tree);
  let known = 0;
  const counted: Mutant[] = [];
  const queue = [...candidates];
  let running = 0;
  const work = async () => {
    const bench = await MutationBench.open(root);
    try {
      // Mutants that do not compile do not count: others take their place.
      while (counted.length + running < wanted) {
        const mutant = queue.shift();
        if (!mutant) return;
        running += 1;
        const key = keyOf(mutant);
        if (state[key]) known += 1;
        const outcome = justified.has(key) ? undefined : (state[key] ?? (await bench.try(mutant)));
        running -= 1;
        if (outcome && !state[key]) await remember(state, key, outcome, mutant.file, tree);
        if (outcome?.verdict !== 'does not compile') counted.push(mutant);
        const verdict = outcome ? `${outcome.verdict} (${outcome.seconds.toFixed(0)} s)` : 'justified';
        process.stderr.write(`${counted.length}/${wanted} ${verdict} ${describe(mutant)}\n`);
      }
    } finally {
      await bench.close();
    }
  };
  await Promise.all(Array.from({ length: Number(options.workers) }, work));
  report(counted, state, known);
}

function report(counted: readonly Mutant[], state: State, known: number): void {
  const survivors = counted.filter((mutant) => state[keyOf(mutant)]?.verdict === 'survived');
  const killed = counted.filter((mutant) => state[keyOf(mutant)]?.verdict === 'killed').length;
  const result = {
    mutants: counted.length,
    killed,
    justified: counted.filter((mutant) => justified.has(keyOf(mutant))).length,
    survived: survivors.length,
    known,
    survivors: survivors.map(describe),
  };
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    process.stdout.write(
      `${result.mutants} mutants: ${killed} killed, ${result.justified} justified, ${result.survived} survived\n`,
    );
    for (const line of result.survivors) process.stdout.write(`survived: ${line}\n`);
  }
  process.exitCode = survivors.length === 0 ? 0 : 1;
}

function describe({ file, line, operator, before, after }: Mutant): string {
  return `${file}:${line} ${operator}: ${before.trim()}  ->  ${after.trim() || '(deleted)'}`;
}

async function findMutants(only: string): Promise<Mutant[]> {
  const found: Mutant[] = [];
  for (const path of paths) {
    for (const file of await findFiles(root, `contracts/src/${path}.sol`)) {
      if (file.includes(only)) found.push(...mutantsOf(file, await readFile(join(root, file), 'utf8')));
    }
  }
  return found;
}

/** Each with its own reason; an entry that fits no mutant any more is an error, so that none outlives its line. */
async function readJustified(): Promise<Map<string, string>> {
  const entries: Justified[] = JSON.parse(await readFile(justifiedPath, 'utf8'));
  const keys = new Set((await findMutants('')).map(keyOf));
  return new Map(
    entries.map(({ file, line, operator, becomes, reason }) => {
      const key = [file, operator, line, becomes].join(' | ');
      if (!keys.has(key)) throw new Error(`Justified, but no such mutant: ${key}`);
      return [key, reason];
    }),
  );
}

/** A kill stands while neither its source nor the test that failed changes; all else while no contract and no test does. */
async function readState(tree: string): Promise<State> {
  const text = options.fresh ? '' : await readFile(statePath, 'utf8').catch(() => '');
  const kept: [string, Kept][] = Object.entries(text === '' ? {} : JSON.parse(text));
  const standing: State = {};
  for (const [key, outcome] of kept) {
    const killed = outcome.verdict === 'killed' && outcome.test !== undefined;
    const same =
      killed &&
      outcome.source === (await hashOf(key.slice(0, key.indexOf(' | ')))) &&
      outcome.testHash === (await hashOf(outcome.test ?? ''));
    if (same || outcome.tree === tree) standing[key] = outcome;
  }
  return standing;
}

async function remember(
  state: State,
  key: string,
  outcome: Outcome,
  file: string,
  tree: string,
): Promise<void> {
  const testHash = outcome.test === undefined ? undefined : await hashOf(outcome.test);
  state[key] = { ...outcome, tree, source: await hashOf(file), testHash };
  await mkdir(dirname(statePath), { recursive: true });
  await writeFile(statePath, JSON.stringify(state));
}

async function hashOf(pattern: string): Promise<string> {
  const hash = createHash('sha256');
  const files = await findFiles(root, pattern);
  for (const file of files) hash.update(file).update(await readFile(join(root, file)));
  return hash.digest('hex');
}

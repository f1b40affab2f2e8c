// Stateful fuzzing for as long as it is given: `npm run fuzz:deep -- --seconds 900 [--suite NAME] [--json]`.
// The suites share the time. Sequences are mutated from a corpus that is kept in cache/corpus. At the end: calls per
// second and, by action, how many calls did something.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const suites = [
  'UnderwritingInvariants',
  'ShortCapitalInvariants',
  'HookTokenInvariants',
  'OddTokenInvariants',
];
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '900' },
    suite: { type: 'string', multiple: true, default: suites },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
if (!Number.isInteger(seconds) || seconds < 10)
  throw new Error(`--seconds takes a whole number from 10, not ${values.seconds}`);
for (const suite of values.suite)
  if (!suites.includes(suite)) throw new Error(`No suite ${suite}: there are ${suites.join(', ')}`);

const folder = 'cache/fuzz-stats';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const build = spawnSync('scripts/forge', ['build'], { stdio: ['ignore', 2, 'inherit'] });
if (build.status !== 0) process.exit(build.status ?? 1);

const results = values.suite.map((suite) => run(suite, Math.floor(seconds / values.suite.length)));
const calls = sum(results.map((result) => result.calls));
const effective = sum(results.map((result) => result.effective));
const total = {
  passed: results.every((result) => result.passed),
  seconds: round(sum(results.map((result) => result.seconds))),
  calls,
  callsPerSecond: round(calls / sum(results.map((result) => result.seconds))),
  effectiveShare: calls === 0 ? 0 : round(effective / calls),
};
if (values.json) process.stdout.write(`${JSON.stringify({ ...total, suites: results })}\n`);
else print();
process.exitCode = total.passed ? 0 : 1;

/** Runs one suite in the profile `deep` and reads what its runs wrote down. */
function run(suite: string, time: number) {
  const file = `${folder}/${suite}`;
  writeFileSync(file, ''); // forge only lets a campaign write to a file that is there
  const started = performance.now();
  const { status } = spawnSync('scripts/forge', ['test', '--match-contract', `^${suite}$`], {
    stdio: ['ignore', 2, 'inherit'],
    env: {
      ...process.env,
      FOUNDRY_PROFILE: 'deep',
      FOUNDRY_INVARIANT_TIMEOUT: `${time}`,
      BREAKWATER_FUZZ_STATS: file,
    },
  });
  const names = selectorNames(suite);
  const actions = new Map<string, { calls: number; effective: number }>();
  for (const line of linesOf(file)) {
    const [selector = '', called, did] = line.split(' ');
    const name = names.get(selector) ?? selector;
    const action = actions.get(name) ?? { calls: 0, effective: 0 };
    action.calls += Number(called);
    action.effective += Number(did);
    actions.set(name, action);
  }
  return {
    suite,
    passed: status === 0,
    seconds: round((performance.now() - started) / 1000),
    calls: sum([...actions.values()].map((action) => action.calls)),
    effective: sum([...actions.values()].map((action) => action.effective)),
    actions: Object.fromEntries(actions),
  };
}

function selectorNames(suite: string): Map<string, string> {
  const artifact = JSON.parse(readFileSync(`out/Underwriting.t.sol/${suite}.json`, 'utf8'));
  const identifiers: Record<string, string> = artifact.methodIdentifiers;
  return new Map(
    Object.entries(identifiers).map(([name, selector]) => [`0x${selector}`, name.replace(/\(.*/, '')]),
  );
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

function print(): void {
  for (const { suite, passed, seconds, calls, effective, actions } of results) {
    console.log(`\n${suite}: ${passed ? 'clean' : 'FAILED'}, ${calls} calls in ${seconds} s`);
    for (const [name, action] of Object.entries(actions))
      console.log(
        `  ${name.padEnd(18)} ${`${action.calls}`.padStart(8)}  ${percent(action.effective, action.calls)}`,
      );
    console.log(
      `  ${'all'.padEnd(18)} ${`${calls}`.padStart(8)}  ${percent(effective, calls)} did something`,
    );
  }
  console.log(
    `\n${total.calls} calls, ${total.callsPerSecond} a second; ${percent(effective, calls)} did something`,
  );
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1).padStart(5)} %`;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function round(number: number): number {
  return Math.round(number * 1000) / 1000;
}

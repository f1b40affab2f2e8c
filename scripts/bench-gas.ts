// Gas of whole transactions: runs the gas tests against the optimised contracts, each measured call a transaction of its
// own, and prints what they recorded. `--json` one object; `--check` compares with the committed snapshot; `--write`
// renews it, and the tables of the documents.

import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Gas = Record<string, number>;

const root = fileURLToPath(new URL('..', import.meta.url));
const recorded = ['snapshots/gas.json', 'snapshots/quorum.json'].map((path) => join(root, path));
const committed = join(root, 'contracts/test/gas/snapshot.json');

const documents = ['README.md', 'docs/concepts/gas.md'].map((path) => join(root, path));

/** Most a figure may be, from the design, and what the peers pay for the same. */
const references: Record<string, { target?: number; peers: string }> = {
  depositNew: {
    target: 100_000,
    peers: 'Nexus 225k, Neptune 339k, Etherisc 1,004k, Cozy 121k, Umbrella 101k',
  },
  depositRepeat: {
    target: 80_000,
    peers: 'Nexus 160k, Neptune 258k, Etherisc 456k, Cozy 104k, Umbrella 84k',
  },
  buyFirst: { target: 205_000, peers: '' },
  buySteady: { target: 180_000, peers: 'Nexus 625k, Neptune 443k, Etherisc 2,275k' },
  buyFreshDay: { target: 215_000, peers: '' },
  extend: { target: 130_000, peers: 'Nexus 801k' },
  cancel: { peers: '' },
  requestExit: { peers: 'Nexus 255k, Cozy 260k, Umbrella 58k' },
  strikeExit: { peers: '' },
  declare1: { peers: 'report: Nexus 239k, Neptune 1,229k, Etherisc 94k, Cozy 100k' },
  declare100: { peers: '' },
  declare10000: { peers: '' },
  payoutPull: { target: 65_000, peers: 'Nexus 535k, Neptune 530k, Etherisc 1,301k' },
  payoutPullSurrender: { peers: '' },
  payoutPushEach: { target: 20_000, peers: 'plain ERC-20 push 9.3k' },
  quorum9of13: { target: 90_000, peers: '' },
};

const gas = await measure();
if (process.argv.includes('--write')) {
  await writeFile(committed, `${JSON.stringify(gas, null, 2)}\n`);
  for (const document of documents) await writeFile(document, withTable(await readFile(document, 'utf8')));
}
if (process.argv.includes('--check')) await check(gas);
else if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(gas)}\n`);
else process.stdout.write(table(gas));

async function measure(): Promise<Gas> {
  for (const path of recorded) await rm(path, { force: true });
  run('forge', ['build', 'contracts/src'], { FOUNDRY_PROFILE: 'optimized' });
  // Isolated, every call of a test is a transaction; the quorum's test adds up its own.
  const tests = ['test', '--match-path'];
  const artifacts = { BREAKWATER_ARTIFACTS: 'out-optimized' };
  run('forge', [...tests, 'contracts/test/gas/Gas.t.sol', '--isolate'], artifacts);
  run('forge', [...tests, 'contracts/test/gas/IncidentAttest.t.sol'], artifacts);
  const found: Record<string, string> = {};
  for (const path of recorded) Object.assign(found, JSON.parse(await readFile(path, 'utf8')));
  return Object.fromEntries(
    Object.keys(references).map((name) => {
      const value = found[name];
      if (value === undefined) throw new Error(`No gas test recorded ${name}.`);
      return [name, Number(value)];
    }),
  );
}

/** Runs a tool with its output on standard error, so that standard output is the result alone. */
function run(tool: string, args: string[], env: Record<string, string>): void {
  const { status } = spawnSync(join(root, 'scripts', tool), args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error(`${tool} ${args[0]} failed; its output is above.`);
}

async function check(gas: Gas): Promise<void> {
  const before = JSON.parse(await readFile(committed, 'utf8')) as Gas;
  const changes = Object.keys(gas).filter((name) => gas[name] !== before[name]);
  for (const name of changes) process.stderr.write(`${name}: ${before[name]} -> ${gas[name]}\n`);
  if (changes.length === 0) {
    process.stdout.write('Gas is as in the committed snapshot.\n');
    return;
  }
  process.stderr.write(
    'Gas differs from the committed snapshot: if it is meant, `npm run bench:gas -- --write`.\n',
  );
  process.exitCode = 1;
}

function verdictOf(name: string, value: number): string {
  const target = references[name]?.target;
  if (target === undefined) return '-';
  return `${target.toLocaleString('en')}${value > target ? ' (missed)' : ''}`;
}

function table(gas: Gas): string {
  const rows = Object.entries(gas).map(([name, value]) => {
    const peers = references[name]?.peers || '-';
    return `| ${name} | ${value.toLocaleString('en')} | ${verdictOf(name, value)} | ${peers} |`;
  });
  return ['| Operation | Gas | Target | Others |', '|---|---|---|---|', ...rows, ''].join('\n');
}

/** A document with the figures between its marks, as the formatter lays tables out. */
function withTable(text: string): string {
  const rows = Object.entries(gas).map(([name, value]) => [
    name,
    value.toLocaleString('en'),
    verdictOf(name, value),
  ]);
  const all = [['Operation', 'Gas', 'Target'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const table = [lines[0], rule, ...lines.slice(1)].join('\n');
  return text.replace(/(<!-- gas:start -->\n[^|]*)\|.*?(<!-- gas:end -->)/s, `$1${table}\n$2`);
}

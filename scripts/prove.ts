// Proves properties of the shipped libraries with the model checker of the Solidity compiler, and plants the fault of
// each proof to see that it is found. The libraries hold no loop, so the bounded engine looks at every path and every
// input. solady's mathematics, which is assembly, is replaced by its contract (contracts/test/proofs/spec).
// `--only NAME` one proof, with what it stands on; `--workers N` at once (2); `--json` one object. Ends with 1 unless all
// is proven and found.

import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import {
  type Check,
  choose,
  conclude,
  type Diagnostic,
  judge,
  plantFault,
  type Row,
  targetsOf,
  withChecks,
} from './proof-check.ts';
import { type Proof, proofs } from './proofs.ts';
import { collectSources, toInput } from './sources.ts';

type Sources = ReadonlyMap<string, string>;
type Task = { proof: Proof; place: number; clean: Sources; faulty: Sources };

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'contracts/test/proofs';
const mathematics = 'solady/utils/FixedPointMathLib.sol';
/** A checker that needs longer than this is lost, not slow. */
const limitMilliseconds = 240_000;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    json: { type: 'boolean', default: false },
  },
});

const compilers = new Set<ChildProcess>();
process.on('exit', () => {
  for (const compiler of compilers) compiler.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const started = performance.now();
const tasks = await prepareAll(choose(proofs, options.only));
const rows = conclude(await proveAll(tasks, Number(options.workers)));
const failed = rows.filter(({ clean, faulty }) => clean.verdict !== 'proven' || faulty.verdict !== 'refuted');
process.stdout.write(options.json ? `${JSON.stringify(summary(rows))}\n` : table(rows));
for (const { proof, clean, faulty } of failed) {
  if (clean.verdict !== 'proven') process.stderr.write(`${proof.contract}: ${clean.detail}\n`);
  if (faulty.verdict !== 'refuted')
    process.stderr.write(`${proof.contract}, fault not found: ${faulty.detail}\n`);
}
process.exitCode = failed.length === 0 ? 0 : 1;

/** All sources, with and without faults, before any proof runs: a fault whose text has moved is an error at once. */
async function prepareAll(chosen: readonly Proof[]): Promise<Task[]> {
  const prepared = await Promise.allSettled(
    chosen.map(async (proof, place) => ({
      proof,
      place,
      clean: await collect(proof, false),
      faulty: await collect(proof, true),
    })),
  );
  const tasks = prepared.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const errors = prepared.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  for (const error of errors) process.stderr.write(`${error.message}\n`);
  if (errors.length > 0) process.exit(1);
  return tasks;
}

async function proveAll(tasks: readonly Task[], workers: number): Promise<Row[]> {
  const rows: Row[] = [];
  const queue = [...tasks];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { proof, place } = next;
      const clean = await check(proof, next.clean);
      const faulty = await check(proof, next.faulty);
      rows[place] = { proof, clean, faulty };
      process.stderr.write(`${proof.contract}: ${clean.verdict}, with the fault ${faulty.verdict}\n`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return rows;
}

async function check(proof: Proof, sources: Sources): Promise<Check> {
  const start = performance.now();
  const input = {
    language: 'Solidity',
    sources: toInput(sources),
    settings: {
      outputSelection: { '*': { '*': [] } },
      // A time limit needs threads, which the WebAssembly build has none of; the resource limit stays.
      modelChecker: {
        engine: 'bmc',
        solvers: ['z3'],
        targets: targetsOf(proof),
        contracts: { [fileOf(proof)]: [proof.contract] },
        showProvedSafe: true,
        showUnproved: true,
        showUnsupported: true,
      },
    },
  };
  const diagnostics = await compile(JSON.stringify(input));
  return { ...judge(diagnostics, sources, proof.asks), seconds: (performance.now() - start) / 1000 };
}

function fileOf({ file }: Proof): string {
  return `${folder}/${file}.proof.sol`;
}

/** The proof with everything it imports, by the names the compiler gives them. */
async function collect(proof: Proof, faulty: boolean): Promise<Sources> {
  const broken = `contracts/src/${proof.fault.source}`;
  const checked = proof.asks === 'range' || proof.range !== undefined;
  const sources = await collectSources([fileOf(proof)], async (name) => {
    if (name === mathematics) return read(`${folder}/spec/${proof.mathematics}.sol`);
    if (!name.startsWith('contracts/src/')) return undefined;
    let source = await read(name);
    if (faulty && name === broken) source = plantFault(source, proof);
    return checked ? withChecks(source) : source;
  });
  if (!sources.has(broken))
    throw new Error(`${proof.contract} does not use ${broken}, where its fault is planted.`);
  return sources;
}

function read(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

/** What the compiler says; that it gave no answer is said as an error of it. */
function compile(input: string): Promise<readonly Diagnostic[]> {
  return new Promise((resolve, reject) => {
    const compiler = spawn(join(root, 'scripts/solc'), ['--standard-json'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    compilers.add(compiler);
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      compiler.kill('SIGKILL');
    }, limitMilliseconds);
    let output = '';
    compiler.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
    // One that ends before it has read its input is told of by its end.
    compiler.stdin.on('error', () => {});
    compiler.on('error', reject).on('close', (code, signal) => {
      clearTimeout(limit);
      compilers.delete(compiler);
      if (code === 0) return resolve(JSON.parse(output).errors ?? []);
      const why = late
        ? `nothing after ${limitMilliseconds / 1000} s`
        : `the compiler ended: ${signal ?? code}`;
      resolve([{ severity: 'error', message: why }]);
    });
    compiler.stdin.end(input);
  });
}

function summary(rows: readonly Row[]) {
  return {
    proofs: rows.length,
    proven: rows.filter(({ clean }) => clean.verdict === 'proven').length,
    faultsFound: rows.filter(({ faulty }) => faulty.verdict === 'refuted').length,
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ proof, clean, faulty }) =>
    [
      proof.contract.padEnd(22),
      proof.invariant.padEnd(11),
      clean.verdict.padEnd(8),
      clean.seconds.toFixed(1).padStart(7),
      `  ${faulty.verdict === 'refuted' ? 'found' : faulty.verdict}`.padEnd(11),
      faulty.seconds.toFixed(1).padStart(7),
    ].join(' '),
  );
  const head = `${'target'.padEnd(22)} ${'invariant'.padEnd(11)} ${'verdict'.padEnd(8)} seconds   fault     seconds`;
  const { proven, faultsFound, seconds } = summary(rows);
  return `${[head, ...lines].join('\n')}\n${proven} of ${rows.length} proven, ${faultsFound} faults found, ${seconds} s\n`;
}

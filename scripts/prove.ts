// Proves properties of the shipped libraries with the model checker of the Solidity compiler, and plants the fault of
// each proof to see that it is found. The libraries hold no loop, so the bounded engine looks at every path and every
// input. solady's mathematics, which is assembly, is replaced by its contract (contracts/test/proofs/spec).
// `--only NAME` one proof; `--workers N` at once (2); `--json` one object. Ends with 1 unless all is proven and found.

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { type Proof, proofs } from './proofs.ts';
import { collectSources, toInput } from './sources.ts';

type Check = { verdict: 'proven' | 'refuted' | 'unknown'; detail: string; seconds: number };
type Row = { proof: Proof; clean: Check; faulty: Check };
type Diagnostic = {
  severity: string;
  message: string;
  sourceLocation?: { file: string; start: number; end: number };
};

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

const chosen = proofs.filter(({ contract }) => !options.only || contract === options.only);
if (chosen.length === 0) throw new Error(`No proof is called ${options.only}.`);

const started = performance.now();
const rows = await proveAll(chosen, Number(options.workers));
const failed = rows.filter(({ clean, faulty }) => clean.verdict !== 'proven' || faulty.verdict !== 'refuted');
process.stdout.write(options.json ? `${JSON.stringify(summary(rows))}\n` : table(rows));
for (const { proof, clean, faulty } of failed) {
  if (clean.verdict !== 'proven') process.stderr.write(`${proof.contract}: ${clean.detail}\n`);
  if (faulty.verdict !== 'refuted')
    process.stderr.write(`${proof.contract}, fault not found: ${faulty.detail}\n`);
}
process.exitCode = failed.length === 0 ? 0 : 1;

async function proveAll(chosen: readonly Proof[], workers: number): Promise<Row[]> {
  const rows: Row[] = [];
  const queue = chosen.map((proof, place) => ({ proof, place }));
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { proof, place } = next;
      const clean = await check(proof, false);
      const faulty = await check(proof, true);
      rows[place] = { proof, clean, faulty };
      process.stderr.write(`${proof.contract}: ${clean.verdict}, with the fault ${faulty.verdict}\n`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return rows;
}

async function check(proof: Proof, faulty: boolean): Promise<Check> {
  const start = performance.now();
  const file = `${folder}/${proof.file}.proof.sol`;
  const sources = await collect(file, proof, faulty);
  const input = {
    language: 'Solidity',
    sources: toInput(sources),
    settings: {
      outputSelection: { '*': { '*': [] } },
      // A time limit needs threads, which the WebAssembly build has none of; the resource limit stays.
      modelChecker: {
        engine: 'bmc',
        solvers: ['z3'],
        targets: ['assert'],
        contracts: { [file]: [proof.contract] },
        showProvedSafe: true,
        showUnproved: true,
        showUnsupported: true,
      },
    },
  };
  const errors = await compile(JSON.stringify(input));
  return { ...judge(errors, sources, faulty), seconds: (performance.now() - start) / 1000 };
}

/** The proof with everything it imports, by the names the compiler gives them. */
async function collect(file: string, proof: Proof, faulty: boolean): Promise<Map<string, string>> {
  const broken = `contracts/src/${proof.fault.source}`;
  const sources = await collectSources([file], async (name) => {
    if (name === mathematics) return read(`${folder}/spec/${proof.mathematics}.sol`);
    if (faulty && name === broken) return plant(await read(name), proof);
    return undefined;
  });
  if (!sources.has(broken))
    throw new Error(`${proof.contract} does not use ${broken}, where its fault is planted.`);
  return sources;
}

function read(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

function plant(content: string, { contract, fault }: Proof): string {
  if (content.split(fault.text).length !== 2) {
    throw new Error(`${contract}: "${fault.text}" is not exactly once in ${fault.source}.`);
  }
  return content.replace(fault.text, () => fault.becomes);
}

function compile(input: string): Promise<readonly Diagnostic[]> {
  return new Promise((resolve, reject) => {
    const compiler = spawn(join(root, 'scripts/solc'), ['--standard-json'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const limit = setTimeout(() => compiler.kill('SIGKILL'), limitMilliseconds);
    let output = '';
    compiler.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
    compiler.on('error', reject).on('close', () => {
      clearTimeout(limit);
      const timeout = [{ severity: 'warning', message: `nothing after ${limitMilliseconds / 1000} s` }];
      resolve(output === '' ? timeout : (JSON.parse(output).errors ?? []));
    });
    compiler.stdin.end(input);
  });
}

/** Proven only where every assertion is; refuted only by values that break one, not by a checker that gives up. */
function judge(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  faulty: boolean,
): Omit<Check, 'seconds'> {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error) throw new Error(error.message);
  const safe = diagnostics.filter(({ message }) => /check is safe/.test(message));
  const broken = diagnostics.filter(({ message }) => /violation happens here/.test(message));
  const open = diagnostics.filter(({ severity, message }) => severity === 'warning' && !expected(message));
  if (broken.length > 0) return { verdict: 'refuted', detail: describe(broken, sources) };
  if (open.length > 0) return { verdict: 'unknown', detail: describe(open, sources) };
  if (safe.length === 0) return { verdict: 'unknown', detail: 'no assertion was checked' };
  return { verdict: 'proven', detail: faulty ? 'all assertions still hold' : '' };
}

/** Assembly is in the stand-ins (any value) and in what solady's casts revert with; the checker says that it skips it. */
function expected(message: string): boolean {
  return /Assertion checker does not.*assembly|Inline assembly may cause/s.test(message);
}

function describe(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>): string {
  return diagnostics
    .map(({ message, sourceLocation: at }) => {
      const text = at ? sources.get(at.file)?.slice(at.start, at.end) : undefined;
      return text ? `${message.split('\n')[0]} ${text}` : message;
    })
    .join('; ');
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

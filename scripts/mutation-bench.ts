// One worker of `npm run mutate` and of `npm run attacks`: the artifacts that its tests deploy from, and the repository they
// run in. That is a copy, so that a run of hours does not see what is edited meanwhile, or for a short run the repository.

import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { apply, type Mutant } from './mutations.ts';
import { collectSources, findFiles, toInput } from './sources.ts';

export type Outcome = {
  verdict: 'killed' | 'survived' | 'does not compile';
  by: string;
  /** The first failure, as forge tells it. */
  failure?: string;
  seconds: number;
};

type Output = {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, Contract>>;
};
type Contract = {
  abi: unknown;
  evm: { bytecode: { object: string; linkReferences: unknown }; deployedBytecode: { object: string } };
};
/** Tests to run together: files below contracts/test; where a function is named, its result alone counts. */
export type Stage = { name: string; tests: string; only?: string; environment: Record<string, string> };

/** Tests nearest to a source, by the start of its path below contracts/src. */
const nearest: readonly [string, string][] = [
  ['underwriting/PoolPayments', 'unit/underwriting/{Pay,PayBatch,PayRest}.t.sol'],
  ['underwriting/PoolLoss', 'unit/underwriting/{SettleIncident,TopUp,PayRest,Salvage}.t.sol'],
  ['underwriting/PoolClosing', 'unit/underwriting/{CloseIncident,UnwindStream}.t.sol'],
  ['underwriting/PoolSalvage', 'unit/underwriting/Salvage.t.sol'],
  ['underwriting/PoolExits', 'unit/underwriting/{StrikeExit,ClaimExit,RequestExit}.t.sol'],
  ['underwriting/PoolCover', 'unit/underwriting/{Buy,Extend,Cancel,Renew}.t.sol'],
  ['underwriting/Pool', 'unit/underwriting/{Buy,Extend,Cancel,Deposit,Poke,Settings,StrikeExit}.t.sol'],
  [
    'underwriting/',
    'unit/underwriting/{ExitQueue,TrancheShares,RequestExit,ClaimExit,Deposit,Factory}.t.sol',
  ],
  ['libraries/Card', 'unit/pricing/*.t.sol'],
  ['libraries/TermsCheck', 'unit/markets/*.t.sol'],
  ['libraries/CommittedQuorum', 'unit/incidents/operator-quorum/*.t.sol'],
  ['libraries/BoundedCall', 'unit/incidents/{live-trigger,view-metric}/*.t.sol'],
  ['libraries/', 'unit/underwriting/{Buy,Cancel,Poke,SettleIncident,Deposit}.t.sol'],
  ['incidents/', 'unit/incidents/board/*.t.sol'],
  ['periphery/', 'unit/periphery/*.t.sol'],
];
/** Tests may read below it. */
const readable = 'out-optimized';
const fewer = { FOUNDRY_FUZZ_RUNS: '24', FOUNDRY_INVARIANT_RUNS: '4', FOUNDRY_INVARIANT_DEPTH: '48' };

export class MutationBench {
  readonly #home: string;
  readonly #artifacts: string;
  readonly #scratch: string;
  /** Longer than this, a test is lost in a loop, which is as good as failing; at least 5 times what it takes without one. */
  #limitMilliseconds = 600_000;
  /** Artifacts without a fault, by path, to put back what a mutant has replaced. */
  readonly #sound = new Map<string, string>();

  private constructor(home: string, artifacts: string, scratch: string) {
    this.#home = home;
    this.#artifacts = artifacts;
    this.#scratch = scratch;
  }

  /** Copies what tests need and sees that they pass there, so that a failure later is the mutant's. */
  static async open(root: string): Promise<MutationBench> {
    const home = await mkdtemp(join(tmpdir(), 'breakwater-mutation-'));
    for (const name of ['contracts', 'scripts', 'foundry.toml', 'out', 'cache/default']) {
      await cp(join(root, name), join(home, name), {
        recursive: true,
        preserveTimestamps: true,
        verbatimSymlinks: true,
      });
    }
    await symlink(join(root, 'node_modules'), join(home, 'node_modules'));
    return new MutationBench(home, readable, home).#ready(stagesOf('underwriting/PoolBase'));
  }

  /** The same without a copy; the tests are compiled already. */
  static async openInPlace(root: string, sound: readonly Stage[]): Promise<MutationBench> {
    await mkdir(join(root, readable), { recursive: true });
    const scratch = await mkdtemp(join(root, readable, 'bench-'));
    return new MutationBench(root, join(readable, basename(scratch)), scratch).#ready(sound);
  }

  async #ready(sound: readonly Stage[]): Promise<this> {
    try {
      await this.#prepare(sound);
    } catch (error) {
      await this.close();
      throw error;
    }
    return this;
  }

  async #prepare(sound: readonly Stage[]): Promise<void> {
    const files = await findFiles(this.#home, 'contracts/src/**/*.sol');
    for (const [path, text] of await this.#compile(files)) {
      this.#sound.set(path, text);
      await this.#write(path, text);
    }
    for (const stage of sound) {
      const started = performance.now();
      const failure = await this.#failureOf(stage);
      if (failure !== undefined) throw new Error(`Without a change, ${stage.name}: ${failure}`);
      this.#limitMilliseconds = Math.max(this.#limitMilliseconds, 5 * (performance.now() - started));
    }
  }

  async close(): Promise<void> {
    await rm(this.#scratch, { recursive: true, force: true });
  }

  try(mutant: Mutant): Promise<Outcome> {
    const stages = stagesOf(mutant.file.replace('contracts/src/', ''));
    return this.tryChange(mutant.file, (source) => apply(source, mutant), stages);
  }

  /** Killed where a stage fails once `change` was made to the source in `file`. */
  async tryChange(
    file: string,
    change: (source: string) => string,
    stages: readonly Stage[],
  ): Promise<Outcome> {
    const started = performance.now();
    const end = (verdict: Outcome['verdict'], by: string): Outcome => ({
      verdict,
      by,
      seconds: (performance.now() - started) / 1000,
    });
    const source = await readFile(join(this.#home, file), 'utf8');
    const changed = new Set<string>();
    try {
      const dependents = await this.#dependents(file);
      const compiled = await this.#compile(dependents, new Map([[file, change(source)]])).catch(
        () => undefined,
      );
      if (!compiled) return end('does not compile', 'solc');
      for (const [name, text] of compiled) {
        if (text === this.#sound.get(name)) continue;
        changed.add(name);
        await this.#write(name, text);
      }
      for (const stage of stages) {
        const failure = await this.#failureOf(stage);
        if (failure !== undefined) return { ...end('killed', stage.name), failure };
      }
      return end('survived', '');
    } finally {
      for (const name of changed) await this.#write(name, this.#sound.get(name) ?? '');
    }
  }

  /** Sources that have the file in what they import, itself included. */
  async #dependents(file: string): Promise<string[]> {
    const dependents: string[] = [];
    for (const other of await findFiles(this.#home, 'contracts/src/**/*.sol')) {
      if (other.includes('/interfaces/')) continue;
      const reached = await collectSources([other], (name) => this.#read(name));
      if (reached.has(file)) dependents.push(other);
    }
    return dependents;
  }

  /** Artifacts of every contract in the files, by path; rejects where they do not compile. */
  async #compile(
    files: readonly string[],
    changed: ReadonlyMap<string, string> = new Map(),
  ): Promise<Map<string, string>> {
    const sources = await collectSources(files, async (name) => changed.get(name) ?? this.#read(name));
    const selected = Object.fromEntries(
      files.map((file) => [
        file,
        { '*': ['abi', 'evm.bytecode.object', 'evm.bytecode.linkReferences', 'evm.deployedBytecode.object'] },
      ]),
    );
    const input = {
      language: 'Solidity',
      sources: toInput(sources),
      settings: {
        evmVersion: 'prague',
        metadata: { bytecodeHash: 'none', appendCBOR: false },
        optimizer: { enabled: false },
        outputSelection: selected,
      },
    };
    const { output } = await this.#spawn('scripts/solc', ['--standard-json'], {}, JSON.stringify(input));
    const result: Output = JSON.parse(output);
    const error = result.errors?.find(({ severity }) => severity === 'error');
    if (error) throw new Error(error.formattedMessage);
    const compiled = new Map<string, string>();
    for (const [file, contracts] of Object.entries(result.contracts ?? {})) {
      for (const [name, { abi, evm }] of Object.entries(contracts)) {
        if (evm.bytecode.object === '') continue;
        const bytecode = { object: `0x${evm.bytecode.object}`, linkReferences: evm.bytecode.linkReferences };
        const deployedBytecode = { object: `0x${evm.deployedBytecode.object}`, linkReferences: {} };
        compiled.set(`${basename(file)}/${name}.json`, JSON.stringify({ abi, bytecode, deployedBytecode }));
      }
    }
    return compiled;
  }

  #read(name: string): Promise<string | undefined> {
    return name.startsWith('contracts/')
      ? readFile(join(this.#home, name), 'utf8')
      : Promise.resolve(undefined);
  }

  async #write(path: string, text: string): Promise<void> {
    const target = join(this.#home, this.#artifacts, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  /** Nothing where all tests pass. */
  async #failureOf({ tests, only, environment }: Stage): Promise<string | undefined> {
    const flags = ['--match-path', `contracts/test/${tests}`];
    // What a call costs without the optimiser is no concern. Choosing by name makes forge compile for the names anew.
    if (only === undefined) flags.push('--fail-fast', '--no-match-test', 'GasOf');
    const { status, output } = await this.#spawn('scripts/forge', ['test', ...flags], {
      BREAKWATER_ARTIFACTS: this.#artifacts,
      FOUNDRY_CODE_SIZE_LIMIT: '1000000',
      ...fewer,
      ...environment,
    });
    if (status === 0) return undefined;
    const failures = output.match(/\[FAIL.*/g) ?? [`forge ended with ${status}`];
    return only === undefined
      ? failures[0]
      : failures.find((line) => line.includes(`${only}(`) || !line.includes(' test'));
  }

  #spawn(tool: string, args: readonly string[], environment: Record<string, string>, input = '') {
    return new Promise<{ status: number | null; output: string }>((resolve, reject) => {
      const child = spawn(join(this.#home, tool), args, {
        cwd: this.#home,
        env: { ...process.env, ...environment },
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const limit = setTimeout(() => child.kill('SIGKILL'), this.#limitMilliseconds);
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        output += part;
      });
      child.on('error', reject).on('close', (status) => {
        clearTimeout(limit);
        resolve({ status, output });
      });
      child.stdin.end(input);
    });
  }
}

function stagesOf(source: string): Stage[] {
  const close = nearest.find(([start]) => source.startsWith(start))?.[1] ?? 'unit/**/*.t.sol';
  const all = '{unit,integration,regression,invariant}/**/*.t.sol';
  return [
    { name: close, tests: close, environment: {} },
    { name: 'all', tests: all, environment: {} },
  ];
}

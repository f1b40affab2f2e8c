// One worker of `npm run mutate` and of `npm run attacks`: the artifacts that its tests deploy from, and the repository they
// run in. That is a copy, so that a run of hours does not see what is edited meanwhile, or for a short run the repository.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { type Stage, stagesOf } from './mutation-stages.ts';
import { apply, type Mutant } from './mutations.ts';
import { collectSources, findFiles, toInput } from './sources.ts';

export type Outcome = {
  verdict: 'killed' | 'survived' | 'does not compile';
  by: string;
  /** The first failure, as forge tells it, and the file of its test. */
  failure?: string;
  test?: string | undefined;
  seconds: number;
};

type Output = {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, Contract>>;
};
type Failure = { text: string; test: string | undefined };
type Contract = {
  abi: unknown;
  evm: { bytecode: { object: string; linkReferences: unknown }; deployedBytecode: { object: string } };
};
/** Tests may read below it. */
const readable = 'out-optimized';
const fewer = { FOUNDRY_FUZZ_RUNS: '24', FOUNDRY_INVARIANT_RUNS: '4', FOUNDRY_INVARIANT_DEPTH: '48' };

export class MutationBench {
  readonly #home: string;
  readonly #artifacts: string;
  readonly #scratch: string;
  readonly #linked: string;
  /** Longer than this, a test is lost in a loop, which is as good as failing; at least 5 times what it takes without one. */
  #limitMilliseconds = 600_000;
  /** Artifacts without a fault, by path, to put back what a mutant has replaced. */
  readonly #sound = new Map<string, string>();

  private constructor(home: string, artifacts: string, scratch: string) {
    this.#home = home;
    this.#artifacts = artifacts;
    this.#scratch = scratch;
    this.#linked = join(scratch, 'linked');
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
    // With a link in its place, the names under which artifacts are kept would differ, and all be compiled anew.
    const copied = spawnSync('cp', ['-al', join(root, 'node_modules'), join(home, 'node_modules')]);
    if (copied.status !== 0) {
      await rm(join(home, 'node_modules'), { recursive: true, force: true });
      await symlink(join(root, 'node_modules'), join(home, 'node_modules'));
    }
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
      const faulty = change(source);
      const dependents = await this.#dependents(file);
      const compiled = await this.#compile(dependents, new Map([[file, faulty]])).catch(() => undefined);
      if (!compiled) return end('does not compile', 'solc');
      for (const [name, text] of compiled) {
        if (text === this.#sound.get(name)) continue;
        changed.add(name);
        await this.#write(name, text);
      }
      for (const stage of stages) {
        if (stage.linked) await this.#link(stage.tests, file, faulty);
        const failure = await this.#failureOf(stage);
        if (failure) return { ...end('killed', stage.name), failure: failure.text, test: failure.test };
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

  /** A project of one test and what it imports, with the fault. */
  async #link(tests: string, file: string, faulty: string): Promise<void> {
    const place = this.#linked;
    await rm(join(place, 'contracts'), { recursive: true, force: true });
    // Packages are where they always are; only the repository's own sources are laid out anew.
    const sources = await collectSources([`contracts/test/${tests}`], async (name) =>
      name.startsWith('contracts/') ? this.#read(name) : '',
    );
    for (const [name, text] of sources) {
      if (!name.startsWith('contracts/')) continue;
      await mkdir(dirname(join(place, name)), { recursive: true });
      await writeFile(join(place, name), name === file ? faulty : text);
    }
    if (!existsSync(join(place, 'node_modules')))
      await symlink(join(this.#home, 'node_modules'), join(place, 'node_modules'));
    for (const name of ['scripts', 'foundry.toml'])
      await cp(join(this.#home, name), join(place, name), { recursive: true });
  }

  /** Nothing where all tests pass. */
  async #failureOf({ tests, only, linked, environment }: Stage): Promise<Failure | undefined> {
    const flags = ['--match-path', `contracts/test/${tests}`];
    // What a call costs without the optimiser is no concern. Choosing by name makes forge compile for the names anew.
    if (only === undefined) flags.push('--fail-fast', '--no-match-test', 'GasOf');
    const place = linked ? this.#linked : this.#home;
    const { status, output } = await this.#spawn(
      'scripts/forge',
      ['test', ...flags],
      {
        BREAKWATER_ARTIFACTS: this.#artifacts,
        FOUNDRY_CODE_SIZE_LIMIT: '1000000',
        // What a fault leaves unused is no failure.
        FOUNDRY_DENY: 'never',
        ...fewer,
        ...environment,
      },
      '',
      place,
    );
    if (status === 0) return undefined;
    const failures = output.match(/\[FAIL.*/g) ?? [`forge ended with ${status}`];
    const text =
      only === undefined
        ? failures[0]
        : failures.find((line) => line.includes(`${only}(`) || !line.includes(' test'));
    const test = output.match(/^Encountered \d+ failing tests? in (\S+?\.sol):/m)?.[1];
    return text === undefined ? undefined : { text, test };
  }

  #spawn(
    tool: string,
    args: readonly string[],
    environment: Record<string, string>,
    input = '',
    place = this.#home,
  ) {
    return new Promise<{ status: number | null; output: string }>((resolve, reject) => {
      // The wrapper of a tool goes to the folder that it is in.
      const child = spawn(join(place, tool), args, {
        cwd: place,
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

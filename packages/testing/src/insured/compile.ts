import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Abi, Hex } from 'viem';
import type { Artifact } from './artifacts.ts';
import { findPackage, load, packageFolder, packageVersion, splitImport, testingRoot } from './packages.ts';

/** What to compile: contracts of one npm package, with the compiler its authors used. */
export type PackageSources = {
  /** The npm package that holds the sources, unmodified. */
  package: string;
  /** The npm name or alias of the compiler. */
  solc: string;
  /** Source files to compile, each relative to the package, and the contract wanted from it. */
  contracts: { file: string; name: string }[];
  /** Package names to look up under another installed name, such as an aliased old version. */
  aliases?: Record<string, string>;
  optimizerRuns: number;
};

type Solc = {
  version(): string;
  compile(input: string, callbacks: { import: (path: string) => unknown }): string;
};
type Output = {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>;
};

const cacheFolder = join(testingRoot, 'node_modules', '.cache', 'breakwater', 'insured');

/**
 * Compiles contracts straight from an npm package, imports resolved as Node would from there.
 * The result is kept under `node_modules/.cache`, keyed by versions and settings.
 */
export function compilePackage(unit: PackageSources): Record<string, Artifact> {
  const folder = packageFolder(unit.package);
  const read = (path: string): string | undefined => {
    const { name, file } = splitImport(path);
    const found = name === unit.package ? folder : findPackage(unit.aliases?.[name] ?? name, folder);
    const full = found === undefined ? undefined : join(found, file);
    return full !== undefined && existsSync(full) ? readFileSync(full, 'utf8') : undefined;
  };
  const files = unit.contracts.map(({ file, name }) => ({ path: `${unit.package}/${file}`, name }));
  const solcVersion = packageVersion(packageFolder(unit.solc));
  const aliased = Object.values(unit.aliases ?? {}).map((name) => packageVersion(packageFolder(name)));
  const key = [unit, packageVersion(folder), solcVersion, aliased];
  return compile(unit.solc, files, read, unit.optimizerRuns, key);
}

/** Compiles this package's own contract `contracts/<name>.sol`. */
export function compileOwn(name: string): Artifact {
  const content = readFileSync(join(testingRoot, 'contracts', `${name}.sol`), 'utf8');
  const solcVersion = packageVersion(packageFolder('solc'));
  const artifacts = compile('solc', [{ path: `${name}.sol`, name }], () => content, 200, [
    content,
    solcVersion,
  ]);
  return pick(artifacts, name);
}

/** The artifact called `name`, or an error that says it is missing. */
export function pick(artifacts: Record<string, Artifact>, name: string): Artifact {
  const artifact = artifacts[name];
  if (artifact === undefined) throw new Error(`no contract ${name} in the compiler's output`);
  return artifact;
}

function compile(
  solcName: string,
  files: { path: string; name: string }[],
  read: (path: string) => string | undefined,
  runs: number,
  key: unknown,
): Record<string, Artifact> {
  const digest = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32);
  const cached = join(cacheFolder, `${digest}.json`);
  if (existsSync(cached)) return JSON.parse(readFileSync(cached, 'utf8'));

  const wanted = Object.fromEntries(files.map(({ name }) => [name, ['abi', 'evm.bytecode.object']] as const));
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(files.map(({ path }) => [path, { content: read(path) }])),
    settings: { optimizer: { enabled: true, runs }, outputSelection: { '*': wanted } },
  };
  const solc: Solc = load(solcName);
  const output: Output = JSON.parse(
    solc.compile(JSON.stringify(input), {
      import: (path) => {
        const contents = read(path);
        return contents === undefined ? { error: `not found: ${path}` } : { contents };
      },
    }),
  );
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((e) => e.formattedMessage).join('\n'));

  const artifacts: Record<string, Artifact> = {};
  for (const { path, name } of files) {
    const contract = output.contracts?.[path]?.[name];
    if (contract === undefined) throw new Error(`${solcName} gave no ${name} from ${path}`);
    const bytecode: Hex = `0x${contract.evm.bytecode.object}`;
    artifacts[name] = { abi: contract.abi, bytecode };
  }
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(`${cached}.${process.pid}`, JSON.stringify(artifacts));
  renameSync(`${cached}.${process.pid}`, cached);
  return artifacts;
}

// Writes contracts/layout: one file for each contract that keeps something, with the place of every variable
// and struct member. `--check` writes nothing and fails when a file differs: a place moves only when it is meant to.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { collectSources, findFiles, toInput } from './sources.ts';

type Variable = { label: string; offset: number; slot: string; type: string };
type Kind = { label: string; numberOfBytes: string; members?: readonly Variable[] };
type Layout = { storage: readonly Variable[]; types: Record<string, Kind> | null };
type Compiled = {
  storageLayout: Layout;
  transientStorageLayout: Layout;
};
type Ast = {
  nodes: readonly { nodeType: string; name?: string; abstract?: boolean; contractKind?: string }[];
};
type Place = { slot: number; offset: number; bytes: number; type: string; label: string };

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'contracts/layout');

const files = await readLayouts();
const parts = ['Pool', 'PoolSecondPart', 'PoolThirdPart'].map((name) => files.get(`${name}.json`));
if (parts.some((text) => text !== parts[0])) throw new Error('The three parts of a pool differ in storage.');

if (process.argv.includes('--check')) {
  const lines = await difference(files);
  for (const line of lines) process.stderr.write(`${line}\n`);
  if (lines.length > 0) {
    process.stderr.write(
      'Storage is not laid out as committed: if it is meant, `npm run layout` and commit.\n',
    );
    process.exitCode = 1;
  }
} else {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  process.stdout.write(`${files.size} layouts in contracts/layout\n`);
}

/** Asks the compiler for layouts alone, which takes no code generation. */
async function readLayouts(): Promise<Map<string, string>> {
  const input = {
    language: 'Solidity',
    sources: toInput(await collectSources(await findFiles(root, 'contracts/src/**/*.sol'))),
    settings: {
      evmVersion: 'prague',
      outputSelection: { '*': { '*': ['storageLayout', 'transientStorageLayout'], '': ['ast'] } },
    },
  };
  const { status, stdout } = spawnSync(join(root, 'scripts/solc'), ['--standard-json'], {
    cwd: root,
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('The compiler failed; its output is above.');
  const output: {
    errors?: { severity: string; formattedMessage: string }[];
    sources: Record<string, { ast: Ast }>;
    contracts: Record<string, Record<string, Compiled>>;
  } = JSON.parse(stdout);
  const error = output.errors?.find(({ severity }) => severity === 'error');
  if (error) throw new Error(error.formattedMessage);

  const files = new Map<string, string>();
  for (const [source, { ast }] of Object.entries(output.sources)) {
    if (!source.startsWith('contracts/src/')) continue;
    for (const node of ast.nodes) {
      if (node.nodeType !== 'ContractDefinition' || node.contractKind !== 'contract' || node.abstract)
        continue;
      const compiled = output.contracts[source]?.[node.name ?? ''];
      if (!compiled) continue;
      const { storageLayout, transientStorageLayout } = compiled;
      if (storageLayout.storage.length + transientStorageLayout.storage.length === 0) continue;
      files.set(`${node.name}.json`, render(storageLayout, transientStorageLayout));
    }
  }
  return files;
}

function render(storage: Layout, transient: Layout): string {
  const structs: Record<string, string[]> = {};
  for (const types of [storage.types, transient.types]) {
    for (const kind of Object.values(types ?? {})) {
      if (kind.members) structs[kind.label] = kind.members.map((member) => line(member, types ?? {}));
    }
  }
  const sorted = Object.fromEntries(Object.entries(structs).sort(([a], [b]) => (a < b ? -1 : 1)));
  const all = {
    storage: storage.storage.map((variable) => line(variable, storage.types ?? {})),
    transient: transient.storage.map((variable) => line(variable, transient.types ?? {})),
    structs: sorted,
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

/** `3+12 20 address _owner`: slot 3 from byte 12, 20 bytes. The compiler's type ids, which move, are left out. */
function line(variable: Variable, types: Record<string, Kind>): string {
  const kind = types[variable.type];
  const place: Place = {
    slot: Number(variable.slot),
    offset: variable.offset,
    bytes: Number(kind?.numberOfBytes),
    type: kind?.label ?? variable.type,
    label: variable.label,
  };
  return `${place.slot}+${place.offset} ${place.bytes} ${place.type} ${place.label}`;
}

async function difference(files: Map<string, string>): Promise<string[]> {
  const committed = existsSync(folder) ? await readdir(folder) : [];
  const lines = committed.filter((name) => !files.has(name)).map((name) => `keeps nothing: ${name}`);
  for (const [name, text] of files) {
    if (!committed.includes(name)) lines.push(`missing: ${name}`);
    else if ((await readFile(join(folder, name), 'utf8')) !== text) lines.push(`differs: ${name}`);
  }
  return lines;
}

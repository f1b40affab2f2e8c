// Writes packages/sdk/src/abi: one file per contract, from forge's artifacts in `out`. `--check` writes nothing and
// fails when a file differs. `Pool` and its interface `IPool` are the same entry, `poolAbi`: the contract's own ABI
// once it is written, the interface's until then. Parts that add nothing (`IPoolSales` to `IPool`) are left out.
// `errors.ts` has every error once.

import { existsSync } from 'node:fs';
import { glob, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Item = { type: string; name?: string; inputs?: readonly Parameter[] };
type Parameter = { type: string; components?: readonly Parameter[] };

type Artifact = {
  abi: readonly Item[];
  bytecode: { object: string };
  metadata?: { settings: { compilationTarget: Record<string, string> } };
};

type Entry = { contract: string; source: string; abi: Artifact['abi'] };

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'packages/sdk/src/abi');

const entries = await readEntries();
if (entries.size === 0) throw new Error('No artifacts in `out`: run `npm run build:contracts` first.');
const files = render(entries);

if (process.argv.includes('--check')) {
  const stale = await difference(files);
  for (const line of stale) process.stderr.write(`${line}\n`);
  if (stale.length > 0) {
    process.stderr.write(
      'The committed ABIs are not those of the contracts: run `npm run abi` and commit.\n',
    );
    process.exitCode = 1;
  }
} else {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  process.stdout.write(`${files.size - 2} ABIs in packages/sdk/src/abi\n`);
}

async function readEntries(): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const path of glob('out/**/*.sol/*.json', { cwd: root })) {
    const artifact: Artifact = JSON.parse(await readFile(join(root, path), 'utf8'));
    const [target] = Object.entries(artifact.metadata?.settings.compilationTarget ?? {});
    if (!target || artifact.abi.length === 0) continue;
    const [source, contract] = target;
    if (!isPublic(source) || !existsSync(join(root, source))) continue;

    const name = entryName(contract);
    const present = entries.get(name);
    const isInterface = artifact.bytecode.object === '0x';
    if (isInterface && (present || !source.includes('/interfaces/'))) continue;
    if (present && !present.source.includes('/interfaces/')) {
      throw new Error(`${present.source} and ${source} would both be ${name}Abi: rename one contract.`);
    }
    entries.set(name, { contract, source, abi: artifact.abi });
  }
  return withoutParts(entries);
}

/** Leaves out entries named after another (`poolSales` after `pool`) that have all they declare. */
function withoutParts(entries: Map<string, Entry>): Map<string, Entry> {
  const isPart = (name: string, { abi }: Entry) =>
    [...entries].some(([whole, entry]) => {
      if (whole === name || !name.startsWith(whole)) return false;
      const items = new Set(entry.abi.map(signature));
      return abi.every((item) => item.name === undefined || items.has(signature(item)));
    });
  return new Map([...entries].filter(([name, entry]) => !isPart(name, entry)));
}

/** `error AmountTooLarge(uint256,uint256)`. */
function signature({ type, name, inputs = [] }: Item): string {
  return `${type} ${name ?? ''}(${inputs.map(typeOf).join()})`;
}

function typeOf({ type, components }: Parameter): string {
  return components ? type.replace('tuple', `(${components.map(typeOf).join()})`) : type;
}

function isPublic(source: string): boolean {
  // A pool answers with four contracts on one address: its interface is its ABI.
  return /^contracts\/src\/(?!libraries\/|types\/|underwriting\/Pool(?!Factory))/.test(source);
}

/** `Pool` and `IPool` -> `pool`, `ERC20Gateway` -> `erc20Gateway`. */
function entryName(contract: string): string {
  const noun = contract.replace(/^I(?=[A-Z][a-z])/, '');
  return noun.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z0-9]+$|^[A-Z]+|^./, (start) => start.toLowerCase());
}

function render(entries: Map<string, Entry>): Map<string, string> {
  const files = new Map<string, string>();
  const names = [...entries.keys()].sort();
  for (const name of names) {
    const entry = entries.get(name);
    if (!entry) continue;
    files.set(`${name}.ts`, fileOf(entry.contract, `${name}Abi`, entry.abi));
  }
  const exports = names.map((name) => `export { ${name}Abi } from './${name}.ts';\n`).join('');
  files.set('errors.ts', fileOf('Errors of all contracts', 'errorsAbi', errorsOf(entries)));
  files.set('index.ts', `// Written by \`npm run abi\`\n${exports || 'export {};\n'}`);
  return files;
}

function fileOf(title: string, name: string, abi: readonly Item[]): string {
  const items = abi.map((item) => `  ${JSON.stringify(item)},\n`).join('');
  return `// ${title}, written by \`npm run abi\`\nexport const ${name} = [\n${items}] as const;\n`;
}

/** Every error once, by signature. */
function errorsOf(entries: Map<string, Entry>): Item[] {
  const errors = [...entries.values()].flatMap(({ abi }) => abi).filter(({ type }) => type === 'error');
  const bySignature = new Map(errors.map((error) => [signature(error), error]));
  return [...bySignature.keys()].sort().flatMap((key) => bySignature.get(key) ?? []);
}

async function difference(files: Map<string, string>): Promise<string[]> {
  const committed = existsSync(folder) ? await readdir(folder) : [];
  const lines = committed.filter((name) => !files.has(name)).map((name) => `no such contract: ${name}`);
  for (const [name, text] of files) {
    if (!committed.includes(name)) lines.push(`missing: ${name}`);
    else if ((await readFile(join(folder, name), 'utf8')) !== text) lines.push(`differs: ${name}`);
  }
  return lines;
}

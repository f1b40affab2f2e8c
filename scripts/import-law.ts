// Checks who may import whom; ARCHITECTURE.md states the law. Prints `file:line what -> what to do`.

import { readFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Violation = { file: string; line: number; message: string };

type Import = { specifier: string; line: number };

/** What each of our packages may import; anything not named here may be imported by nobody. */
const allowed: Record<string, readonly string[]> = {
  'packages/sdk': [],
  'packages/risk': [],
  'packages/react': ['packages/sdk'],
  'packages/widget': ['packages/sdk', 'packages/react'],
  'packages/node': ['packages/sdk'],
  'packages/testing': ['packages/sdk', 'packages/risk', 'packages/node'],
  'apps/web': ['packages/sdk', 'packages/react', 'packages/risk'],
  'apps/cli': ['packages/sdk', 'packages/risk'],
  'services/*': ['packages/sdk', 'packages/risk', 'packages/node'],
};

const testing = 'packages/testing';

/** Where the world on anvil may be used: tests, and the commands that start the local world. */
const isTest = /(^|\/)(test|tests)\/|\.(test|bench|spec)\.[cm]?[jt]sx?$/;
const isLocalWorld = /^apps\/cli\/src\/(world\/|commands\/(drill|start)\b)/;

/** Folders of contracts/src whose imports are limited, and to which folders. */
const solidityAllowed: Record<string, readonly string[]> = {
  libraries: ['libraries', 'types', 'interfaces'],
  types: ['libraries', 'types', 'interfaces'],
  interfaces: ['interfaces', 'types'],
};

const sourceGlob = '{packages,services,apps}/*/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}';
const notOurs = /(^|\/)(node_modules|dist|out|coverage|generated|\.ponder)\//;

export async function findViolations(root: string): Promise<Violation[]> {
  const packages = readPackageNames(root, await list(root, '{packages,services,apps}/*/package.json'));
  const violations: Violation[] = [];

  for (const file of await list(root, sourceGlob)) {
    for (const found of findImports(await readFile(join(root, file), 'utf8'))) {
      const message = judge(file, found.specifier, packages);
      if (message) violations.push({ file, line: found.line, message });
    }
  }
  for (const file of await list(root, 'contracts/src/**/*.sol')) {
    for (const found of findSolidityImports(await readFile(join(root, file), 'utf8'))) {
      const message = judgeSolidity(file, found.specifier);
      if (message) violations.push({ file, line: found.line, message });
    }
  }
  return violations;
}

async function list(root: string, pattern: string): Promise<string[]> {
  const exclude = (path: string) => /(^|\/)node_modules$/.test(path.split(sep).join('/'));
  const files: string[] = [];
  for await (const path of glob(pattern, { cwd: root, exclude })) {
    const file = path.split(sep).join('/');
    if (!notOurs.test(file)) files.push(file);
  }
  return files.sort();
}

/** Package name -> its folder, such as `@breakwater/sdk` -> `packages/sdk`. */
function readPackageNames(root: string, manifests: readonly string[]): Map<string, string> {
  return new Map(
    manifests.map((path) => [JSON.parse(readFileSync(join(root, path), 'utf8')).name, dirname(path)]),
  );
}

function judge(file: string, specifier: string, packages: Map<string, string>): string | undefined {
  const from = packageOf(file);
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const target = posix.join(posix.dirname(file), specifier);
    if (packageOf(target) === from) return;
    return `reaches out of ${from} by path (${specifier}) -> import the other package by its name`;
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const to = packages.get(name);
  if (!to || to === from) return;
  return judgePackages(file, from, to);
}

function judgePackages(file: string, from: string, to: string): string | undefined {
  if (to.startsWith('services/')) {
    return `imports the service ${to} -> start it as a process, or move what is shared into packages/node`;
  }
  if (to.startsWith('apps/')) {
    return `imports the app ${to} -> move what is shared into a package`;
  }
  if (to === testing) {
    if (isTest.test(file) || isLocalWorld.test(file)) return;
    return `imports ${testing} -> only tests and the CLI's local world may (src/world, commands drill and start)`;
  }
  const may = allowed[from] ?? allowed[`${dirname(from)}/*`] ?? [];
  if (may.includes(to)) return;
  const list = may.length > 0 ? may.join(', ') : 'none of our packages';
  return `imports ${to} -> ${from} may import ${list}; pass the value in, or move the code down`;
}

function packageOf(file: string): string {
  return file.split('/', 2).join('/');
}

function judgeSolidity(file: string, specifier: string): string | undefined {
  const folder = file.split('/')[2] ?? '';
  if (specifier.startsWith('forge-std/')) {
    return `imports ${specifier} -> test code stays in contracts/test`;
  }
  const target = specifier.startsWith('.')
    ? posix.join(posix.dirname(file), specifier)
    : specifier.replace(/^src\//, 'contracts/src/');
  if (!target.startsWith('contracts/')) return;
  if (!target.startsWith('contracts/src/')) {
    return `imports ${specifier} -> nothing in contracts/src may depend on tests or scripts`;
  }
  const may = solidityAllowed[folder];
  const targetFolder = target.split('/')[2] ?? '';
  if (!may || may.includes(targetFolder)) return;
  return `imports ${targetFolder}/ -> ${folder}/ may import only ${may.join('/, ')}/; move what both need down`;
}

const importStatement = new RegExp(
  [
    String.raw`\b(?:import|export)\b\s*(?:type\b)?[\w\s{},*$]*?\bfrom\s*(?<from>["'][^"'\n]+["'])`,
    String.raw`\bimport\s*(?<bare>["'][^"'\n]+["'])`,
    String.raw`\b(?:import|require|mock|importActual)\s*\(\s*(?<call>["'\u0060][^"'\u0060\n]+["'\u0060])`,
    String.raw`\bimport\.meta\.resolve\(\s*(?<resolved>["'][^"'\n]+["'])`,
  ].join('|'),
  'g',
);

function findImports(source: string): Import[] {
  return match(blankComments(source), importStatement);
}

const solidityImport = /\bimport\b(?:[\w\s{},*$]*?\bfrom\b)?\s*(?<from>["'][^"'\n]+["'])/g;

function findSolidityImports(source: string): Import[] {
  return match(blankComments(source), solidityImport);
}

function match(source: string, pattern: RegExp): Import[] {
  return [...source.matchAll(pattern)].map((found) => {
    const quoted = Object.values(found.groups ?? {}).find((group) => group !== undefined) ?? '';
    const line = source.slice(0, found.index + found[0].lastIndexOf(quoted)).split('\n').length;
    return { specifier: quoted.slice(1, -1), line };
  });
}

/** Spaces in place of comments, so that positions stay; strings are stepped over, so that `//` in one stays. */
function blankComments(source: string): string {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
  return source.replace(token, (text) => (text.startsWith('/') ? text.replace(/[^\n]/g, ' ') : text));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const violations = await findViolations(root);
  for (const { file, line, message } of violations) {
    process.stderr.write(`${relative(process.cwd(), join(root, file))}:${line} ${message}\n`);
  }
  if (violations.length > 0) process.exitCode = 1;
}

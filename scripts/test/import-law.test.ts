import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { findViolations } from '../import-law.ts';

const roots: string[] = [];

afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true });
});

const folders = [
  'packages/sdk',
  'packages/risk',
  'packages/react',
  'packages/widget',
  'packages/node',
  'packages/testing',
  'services/keeper',
  'services/indexer',
  'apps/web',
  'apps/cli',
];

/** Lays out a repository with these files and returns its violations as `file:line message`. */
async function check(files: Record<string, string>): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'import-law-'));
  roots.push(root);
  const manifests = folders.map((folder) => {
    const name = `@breakwater/${folder.split('/')[1]}`;
    return [`${folder}/package.json`, JSON.stringify({ name })] as const;
  });
  for (const [path, text] of [...manifests, ...Object.entries(files)]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return (await findViolations(root)).map(({ file, line, message }) => `${file}:${line} ${message}`);
}

test('this repository keeps the law', async () => {
  expect(await findViolations(fileURLToPath(new URL('../..', import.meta.url)))).toEqual([]);
});

test.each([
  ['packages/react', '@breakwater/sdk'],
  ['packages/widget', '@breakwater/sdk'],
  ['packages/testing', '@breakwater/sdk'],
  ['apps/web', '@breakwater/react'],
  ['apps/web', '@breakwater/risk'],
  ['apps/cli', '@breakwater/risk'],
  ['services/keeper', '@breakwater/risk'],
  ['services/keeper', '@breakwater/node'],
  ['packages/sdk', 'viem'],
])('%s may import %s', async (folder, specifier) => {
  expect(await check({ [`${folder}/src/index.ts`]: `import { a } from '${specifier}';\n` })).toEqual([]);
});

test.each([
  ['packages/risk', '@breakwater/sdk'],
  ['packages/sdk', '@breakwater/risk'],
  ['packages/sdk', '@breakwater/react'],
  ['packages/react', '@breakwater/risk'],
  ['packages/node', '@breakwater/risk'],
  ['packages/widget', '@breakwater/risk'],
  ['services/keeper', '@breakwater/react'],
  ['services/keeper', '@breakwater/indexer'],
  ['apps/cli', '@breakwater/keeper'],
  ['apps/cli', '@breakwater/node'],
  ['apps/cli', '@breakwater/web'],
  ['packages/testing', '@breakwater/cli'],
])('%s may not import %s', async (folder, specifier) => {
  const violations = await check({ [`${folder}/src/index.ts`]: `import { a } from '${specifier}';\n` });
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatch(new RegExp(`^${folder}/src/index.ts:1 imports .* -> `));
});

test.each([
  ['a type import', "import type { A } from '@breakwater/sdk';"],
  ['a side effect', "import '@breakwater/sdk';"],
  ['a re-export', "export { a } from '@breakwater/sdk';"],
  ['a re-export of everything', "export * as sdk from '@breakwater/sdk';"],
  ['a dynamic import', "const sdk = await import('@breakwater/sdk');"],
  ['a type query', "type A = import('@breakwater/sdk').A;"],
  ['a required module', "const sdk = require('@breakwater/sdk');"],
  ['a deep path', "import { a } from '@breakwater/sdk/actions';"],
  ['no semicolons', "import '@breakwater/sdk'\nimport { a } from './a.ts'"],
  ['several lines', "import {\n  a,\n  type B,\n} from '@breakwater/sdk';"],
])('sees %s', async (_, statement) => {
  expect(await check({ 'packages/risk/src/index.ts': `${statement}\n` })).toHaveLength(1);
});

test('names the line of the specifier', async () => {
  const source = "// one\nimport { a } from 'viem';\nimport {\n  b,\n} from '@breakwater/sdk';\n";
  expect(await check({ 'packages/risk/src/deep/index.ts': source })).toEqual([
    expect.stringMatching(/^packages\/risk\/src\/deep\/index.ts:5 /),
  ]);
});

test('ignores comments and what is not ours', async () => {
  const source =
    "// import '@breakwater/sdk';\n/* import a from '@breakwater/sdk' */\nconst url = 'http://a';\n`/*`;\n";
  expect(
    await check({
      'packages/risk/src/index.ts': source,
      'packages/risk/dist/index.js': "import '@breakwater/sdk';",
      'packages/risk/node_modules/a/index.js': "import '@breakwater/sdk';",
    }),
  ).toEqual([]);
});

test('rejects a path into another package, allows one inside the package', async () => {
  const violations = await check({
    'packages/react/src/a.ts': "import { b } from './deep/b.ts';\nimport { c } from '../../sdk/src/c.ts';\n",
    'packages/react/src/d.ts': "import abi from '../../../out/Pool.sol/Pool.json' with { type: 'json' };\n",
  });
  expect(violations).toEqual([
    expect.stringMatching(/^packages\/react\/src\/a.ts:2 reaches out of packages\/react by path/),
    expect.stringMatching(/^packages\/react\/src\/d.ts:1 reaches out of packages\/react by path/),
  ]);
});

test('keeps the testing package to tests and the local world', async () => {
  const source = "import { world } from '@breakwater/testing';\n";
  const violations = await check({
    'packages/sdk/test/pool.test.ts': source,
    'packages/risk/src/premium.test.ts': source,
    'services/keeper/test/setup.ts': source,
    'apps/cli/src/world/start.ts': source,
    'apps/cli/src/commands/drill.ts': source,
    'apps/cli/src/commands/start.ts': source,
    'apps/cli/src/commands/buy.ts': source,
    'services/keeper/src/main.ts': source,
  });
  expect(violations.map((violation) => violation.split(':')[0])).toEqual([
    'apps/cli/src/commands/buy.ts',
    'services/keeper/src/main.ts',
  ]);
});

test('keeps the layers of the contracts', async () => {
  const violations = await check({
    'contracts/src/interfaces/IPool.sol':
      'import {Assets} from "../types/Assets.sol";\nimport "./IMarket.sol";\n',
    'contracts/src/interfaces/IBad.sol': 'import {A} from "../libraries/A.sol";\n',
    'contracts/src/libraries/A.sol':
      '// import "../cover/Cover.sol";\nimport {\n  Pool\n} from "../underwriting/Pool.sol";\n',
    'contracts/src/types/Assets.sol': 'import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";\n',
    'contracts/src/types/Bad.sol': 'import * as Cover from "contracts/src/cover/Cover.sol";\n',
    'contracts/src/underwriting/Pool.sol':
      'import {IPool} from "../interfaces/IPool.sol";\nimport {T} from "../../test/T.sol";\nimport "forge-std/Test.sol";\n',
  });
  expect(violations.map((violation) => violation.split(' ')[0])).toEqual([
    'contracts/src/interfaces/IBad.sol:1',
    'contracts/src/libraries/A.sol:4',
    'contracts/src/types/Bad.sol:1',
    'contracts/src/underwriting/Pool.sol:2',
    'contracts/src/underwriting/Pool.sol:3',
  ]);
});

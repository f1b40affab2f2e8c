import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const quotedId = /"([A-Z]+-\d+)"/g;

const read = (file: string) => readFile(join(root, file), 'utf8');

async function readAll(...patterns: string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(patterns, { cwd: root })) files.push(file);
  return Promise.all(files.sort().map(read));
}

const matchesOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, id = '']) => id);

/** Ids of docs/invariants.md, those of the model apart: they are promises of TypeScript. */
async function documented(): Promise<{ ofContracts: string[]; ofModel: string[] }> {
  const [contracts = '', model = ''] = (await read('docs/invariants.md')).split('\n## Model\n');
  const headings = /^\*\*([A-Z]+-\d+)\.\*\*/gm;
  return { ofContracts: matchesOf(contracts, headings), ofModel: matchesOf(model, headings) };
}

/** Ids that are the last argument, the message, of an assertion. */
const messagesOf = (source: string) =>
  matchesOf(source, /\bassert\w*\(([^;]*)\)\s*;/g).flatMap((given) =>
    matchesOf(given, /,\s*"([A-Z]+-\d+)"\s*$/g),
  );

/** Names of tests, and of what describes them. */
const namesOf = (source: string) =>
  [...source.matchAll(/\b(?:describe|it|test)(?:\.\w+)*(?:\([^;]*?\))?\(\s*(['"`])(.*?)\1/g)].map(
    ([, , name = '']) => name,
  );

/** Bodies by function, those of one name together. */
function functionsOf(sources: readonly string[]): Map<string, string> {
  const bodies = new Map<string, string>();
  for (const source of sources) {
    for (const [, name = '', body = ''] of source.matchAll(
      /^ {4}function (\w+)\([\s\S]*?\{\n([\s\S]*?)^ {4}\}/gm,
    )) {
      bodies.set(name, (bodies.get(name) ?? '') + body);
    }
  }
  return bodies;
}

const calledIn = (body: string) => matchesOf(body, /\b(\w+)\(/g);

test('every id of the contracts is the message of an assertion', async () => {
  const { ofContracts } = await documented();
  expect(ofContracts.length).toBeGreaterThanOrEqual(30);
  expect(new Set(ofContracts).size).toBe(ofContracts.length);
  const held = new Set((await readAll('contracts/test/**/*.sol')).flatMap(messagesOf));
  expect(ofContracts.filter((id) => !held.has(id))).toEqual([]);
});

test('every id of the model begins the name of a test', async () => {
  const { ofModel } = await documented();
  expect(ofModel.length).toBeGreaterThanOrEqual(7);
  const sources = await readAll('packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts');
  const names = sources.flatMap(namesOf);
  expect(ofModel.filter((id) => !names.some((name) => name.startsWith(`${id}: `)))).toEqual([]);
});

test('every id that a test of contracts names is in the list', async () => {
  const { ofContracts } = await documented();
  const named = (await readAll('contracts/test/**/*.sol')).flatMap((source) => matchesOf(source, quotedId));
  expect([...new Set(named)].filter((id) => !ofContracts.includes(id))).toEqual([]);
});

test('every invariant of random sequences asserts under an id, and so does each of its checks', async () => {
  const suites = await readAll('contracts/test/invariant/**/*.sol');
  const functions = functionsOf([...suites, ...(await readAll('contracts/test/support/Underwriting*.sol'))]);
  const invariants = [...functionsOf(suites).keys()].filter((name) => name.startsWith('invariant_'));
  expect(invariants).toHaveLength(
    suites.flatMap((source) => matchesOf(source, /(function invariant)/g)).length,
  );
  expect(invariants.length).toBeGreaterThan(0);

  const carries = (name: string, above: readonly string[] = []): boolean => {
    const body = functions.get(name);
    if (body === undefined || above.includes(name)) return false;
    return messagesOf(body).length > 0 || calledIn(body).some((each) => carries(each, [...above, name]));
  };
  const checks = calledIn(functions.get('_checkAll') ?? '').filter((name) => functions.has(name));
  expect(checks.length).toBeGreaterThan(0);
  expect([...invariants, ...checks].filter((name) => !carries(name))).toEqual([]);
});

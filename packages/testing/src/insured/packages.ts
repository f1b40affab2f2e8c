import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** A module loader seen from this package: finds its development dependencies. */
export const load = createRequire(import.meta.url);

/** The root folder of this package, with its own Solidity under `contracts/`. */
export const testingRoot = join(here, '..', '..');

/**
 * The folder of an npm package, found as Node finds it: the nearest `node_modules` above `from`.
 *
 * @param name - the package's name, with its scope
 * @param from - the folder to start at; this package by default
 */
export function packageFolder(name: string, from: string = testingRoot): string {
  const found = findPackage(name, from);
  if (found === undefined) throw new Error(`package ${name} is not installed (looked from ${from})`);
  return found;
}

/** As {@link packageFolder}, but `undefined` when there is none. */
export function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The installed version of the package in `folder`. */
export function packageVersion(folder: string): string {
  const manifest: { version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return manifest.version;
}

/** Splits an import path into its package name and the file inside that package. */
export function splitImport(path: string): { name: string; file: string } {
  const parts = path.split('/');
  const length = path.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), file: parts.slice(length).join('/') };
}

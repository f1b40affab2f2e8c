import { spawn } from 'node:child_process';
import { glob, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Artifacts, artifactPaths, parseArtifact } from '@breakwater/sdk/deploy';
import { cliError } from './errors.ts';
import { root } from './files.ts';

/** Where `npm run build:optimized` puts what is deployed. */
const optimized = join(root, 'out-optimized');
/** Written after a build: compilers leave artifacts alone that did not change. */
const stamp = join(root, 'cache', 'optimized', 'built');

/**
 * Reads the compiled contracts. Those of the repository are built first when they are missing or older than their
 * sources.
 * @param folder compiled contracts from elsewhere, taken as they are
 * @throws ArtifactInvalid, BuildFailed
 */
export async function readArtifacts(
  folder: string | undefined,
  progress: (line: string) => void,
): Promise<Artifacts> {
  if (folder === undefined && !(await isFresh())) await build(progress);
  const from = folder === undefined ? optimized : resolve(folder);
  const entries = await Promise.all(
    Object.entries(artifactPaths).map(async ([key, path]) => {
      const text = await readFile(join(from, path), 'utf8').catch(() => 'null');
      return [key, parseArtifact(JSON.parse(text), join(from, path))] as const;
    }),
  );
  return Object.fromEntries(entries) as Record<keyof Artifacts, ReturnType<typeof parseArtifact>>;
}

async function isFresh(): Promise<boolean> {
  const built = await modified(stamp);
  const present = await Promise.all(
    Object.values(artifactPaths).map((path) => modified(join(optimized, path))),
  );
  if (built === 0 || present.includes(0)) return false;
  const sources = [join(root, 'foundry.toml'), join(root, 'package-lock.json')];
  for await (const path of glob('contracts/src/**/*.sol', { cwd: root })) sources.push(join(root, path));
  return Math.max(...(await Promise.all(sources.map(modified)))) <= built;
}

/** When a file was changed, milliseconds; 0 when there is none. */
async function modified(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function build(progress: (line: string) => void): Promise<void> {
  const started = Date.now();
  progress('Building the contracts; this takes some minutes the first time.');
  const child = spawn(join(root, 'scripts', 'forge'), ['build', 'contracts/src'], {
    cwd: root,
    env: { ...process.env, FOUNDRY_PROFILE: 'optimized' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (data: Buffer) => output.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => output.push(data.toString()));
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const ticking = setInterval(() => progress(`Building the contracts: ${seconds()} s`), 15_000);
  const code = await new Promise<number | string>((done) => {
    child.on('error', (error) => done(error.message));
    child.on('close', (status, signal) => done(status ?? signal ?? 'unknown'));
  }).finally(() => clearInterval(ticking));
  if (code !== 0) {
    throw cliError(
      'BuildFailed',
      `The contracts could not be built (${code}):\n${output.join('').trim()}`,
      'Correct what the compiler names, or give compiled contracts with --artifacts.',
    );
  }
  // Dated at the start: what was changed while the compiler ran is newer.
  await writeFile(stamp, '');
  await utimes(stamp, started / 1000, started / 1000);
  progress(`Built the contracts in ${seconds()} s.`);
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliError } from './errors.ts';

/** Folder of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Text of a file; undefined when there is none.
 * @throws FileUnreadable
 */
export async function readTextIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw unreadable(path, (error as Error).message, error);
  }
}

/**
 * Text of a file that was named by who called.
 * @throws FileUnreadable
 */
export async function readText(cwd: string, path: string): Promise<string> {
  const text = await readTextIfPresent(resolve(cwd, path));
  if (text === undefined) throw unreadable(path, 'there is no such file');
  return text;
}

/**
 * A JSON file that was named by who called.
 * @throws FileUnreadable
 */
export async function readJson(cwd: string, path: string): Promise<unknown> {
  const text = await readText(cwd, path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(path, `it is not JSON (${(error as Error).message})`, error);
  }
}

function unreadable(path: string, problem: string, cause?: unknown) {
  return cliError('FileUnreadable', `${path} cannot be read: ${problem}.`, 'Check the path.', cause);
}

/**
 * Writes a file that was named by who called, and the folders above it.
 * @throws FileUnwritable
 */
export async function writeText(cwd: string, path: string, text: string): Promise<void> {
  const file = resolve(cwd, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    const problem = `${path} cannot be written: ${(error as Error).message}.`;
    throw cliError('FileUnwritable', problem, 'Check the path.', error);
  }
}

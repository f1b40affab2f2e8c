// Solidity sources as the compiler's standard JSON wants them: by the names that imports give them.

import { glob, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Sources with everything they import. `read` may answer for a name; what it leaves is read from disk. */
export async function collectSources(
  names: readonly string[],
  read: (name: string) => Promise<string | undefined> = async () => undefined,
): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  const pending = [...names];
  for (let name = pending.pop(); name; name = pending.pop()) {
    if (sources.has(name)) continue;
    const content = (await read(name)) ?? (await readFile(join(root, pathOf(name)), 'utf8'));
    sources.set(name, content);
    for (const [, target = ''] of content.matchAll(/^import\s+(?:[^";]*?from\s+)?"([^"]+)"/gm)) {
      pending.push(target.startsWith('.') ? normalize(join(dirname(name), target)) : target);
    }
  }
  return sources;
}

export function toInput(sources: ReadonlyMap<string, string>): Record<string, { content: string }> {
  return Object.fromEntries([...sources].map(([name, content]) => [name, { content }]));
}

function pathOf(name: string): string {
  return name.startsWith('contracts/')
    ? name
    : join('node_modules', name.replace(/^solady\//, 'solady/src/'));
}

/** Paths below `folder` that match, sorted. */
export async function findFiles(folder: string, pattern: string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob(pattern, { cwd: folder })) found.push(path);
  return found.sort();
}

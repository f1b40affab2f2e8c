// Gives the WebAssembly compiler the command line of the native one, as far as forge uses it:
// `--version`, otherwise standard JSON from stdin to stdout.

import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const [packageName = 'solc', ...flags] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const solc = require(packageName);

// Whoever asked may be gone before the answer: nobody is left to tell.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(1);
});

if (flags.includes('--version')) {
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}\n`);
} else {
  const input = JSON.parse(await text(process.stdin));
  const contents = sourcesByReference(input);
  const read = (path) =>
    contents.has(path) ? { contents: contents.get(path) } : { error: `Not among the sources: ${path}` };
  process.stdout.write(solc.compile(JSON.stringify(input), { import: read }));
}

/**
 * Replaces every source's text by a reference and returns the texts.
 * The input crosses into the compiler on its stack, where about 1 MB is the end; references keep it small.
 */
function sourcesByReference(input) {
  const contents = new Map();
  for (const [name, source] of Object.entries(input.sources ?? {})) {
    if (input.language !== 'Solidity' || typeof source.content !== 'string') continue;
    contents.set(name, source.content);
    input.sources[name] = { urls: [name] };
  }
  return contents;
}

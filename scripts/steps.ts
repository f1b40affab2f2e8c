// Runs npm scripts one after the other, stops at the first that fails and prints how long each took.
// A `--` hands the rest of an entry on: `steps.ts lint "abi -- --check"`.

import { spawnSync } from 'node:child_process';

const timings: string[] = [];

for (const step of process.argv.slice(2)) {
  const started = performance.now();
  process.stdout.write(`\n==> ${step}\n`);
  const { status } = spawnSync(`npm run --silent ${step}`, { shell: true, stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  timings.push(`${seconds.padStart(8)} s  ${step}`);
  if (status !== 0) {
    timings.push(`            failed: npm run ${step}`);
    process.exitCode = 1;
    break;
  }
}

process.stdout.write(`\n${timings.join('\n')}\n`);

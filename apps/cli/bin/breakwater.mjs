#!/usr/bin/env node
// Starts the command line under the Node it is written for, whatever `node` the machine has.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import('../src/main.ts');
} else {
  const pinnedNode = createRequire(import.meta.url).resolve('node/bin/node');
  const child = spawn(pinnedNode, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
}

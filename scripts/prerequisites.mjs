// Says which Debian packages a checkout needs and lacks. Plain JavaScript without dependencies, since it runs before
// `npm install` and under any Node. `--missing` prints only the names, for a machine to install.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const required = [
  { package: 'git', present: () => runs('git'), reason: 'the formatter and linter skip what git ignores' },
  {
    package: 'ca-certificates',
    present: () => process.platform !== 'linux' || existsSync('/etc/ssl/certs/ca-certificates.crt'),
    reason: 'npm fetches over https',
  },
];

const missing = required.filter(({ present }) => !present());
const names = missing.map((entry) => entry.package).join(' ');

if (process.argv.includes('--missing')) {
  process.stdout.write(`${names}\n`);
} else if (missing.length > 0) {
  for (const entry of missing) process.stderr.write(`missing: ${entry.package} (${entry.reason})\n`);
  process.stderr.write(`Install with: apt-get update && apt-get install -y ${names}\n`);
  process.exitCode = 1;
}

function runs(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

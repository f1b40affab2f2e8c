// Line and branch coverage of contracts/src by the chosen cases; random sequences of calls are left out. Writes cache/coverage/lcov.info, prints a table of the
// files that have gaps, and ends with 1 where less than 98 % of lines or 95 % of branches is reached.
// `--lcov FILE` reads a report instead of running the tests; `--json` one object.

import { spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

type Gaps = { lines: number[]; branches: number[] };
type Count = { found: number; hit: number };
type Entry = { file: string; lines: Count; branches: Count; gaps: Gaps };

const least = { lines: 98, branches: 95 };
const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: { lcov: { type: 'string' }, json: { type: 'boolean', default: false } },
});

const entries = parse(await readFile(options.lcov ?? (await measure()), 'utf8'));
const lines = total(entries.map((entry) => entry.lines));
const branches = total(entries.map((entry) => entry.branches));
if (options.json) process.stdout.write(`${JSON.stringify({ lines, branches, files: entries })}\n`);
else process.stdout.write(table(entries));
const passed = percent(lines) >= least.lines && percent(branches) >= least.branches;
if (!passed)
  process.stderr.write(`Less than ${least.lines} % of lines or ${least.branches} % of branches.\n`);
process.exitCode = passed ? 0 : 1;

async function measure(): Promise<string> {
  const folder = join(root, 'cache/coverage');
  await mkdir(folder, { recursive: true });
  const report = join(folder, 'lcov.info');
  const filters = [
    '--no-match-test',
    'GasOf',
    '--no-match-path',
    'contracts/test/{gas,invariant}/**',
    '--no-match-coverage',
    '^(contracts/test|node_modules)',
  ];
  const { status } = spawnSync(
    join(root, 'scripts/forge'),
    ['coverage', '--report', 'lcov', '--report-file', report, ...filters],
    {
      cwd: root,
      // Nothing: fixtures deploy what this run compiled, which is what forge counts.
      // What the compiler warns of in a build that is made to count is no failure.
      env: { ...process.env, FOUNDRY_DENY: 'never', FOUNDRY_FUZZ_RUNS: '32', BREAKWATER_ARTIFACTS: '' },
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0) throw new Error('forge coverage failed; its output is above.');
  return report;
}

/** Records of an lcov file; `BRDA` has `-` where the branch's line was never reached. */
function parse(text: string): Entry[] {
  const records = text.split('end_of_record').filter((record) => record.includes('SF:'));
  return records
    .map((record) => {
      const file = /^SF:(.*)$/m.exec(record)?.[1] ?? '';
      const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, hits]) => [
        Number(line),
        Number(hits),
      ]);
      const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(\d+|-)/gm)].map(([, line, hits]) => [
        Number(line),
        hits === '-' ? 0 : Number(hits),
      ]);
      return {
        file,
        lines: count(lines),
        branches: count(branches),
        gaps: { lines: missed(lines), branches: [...new Set(missed(branches))] },
      };
    })
    .filter(({ file }) => file.includes('contracts/src/'));
}

function count(hits: readonly (number | undefined)[][]): Count {
  return { found: hits.length, hit: hits.filter(([, times]) => times !== 0).length };
}

function missed(hits: readonly (number | undefined)[][]): number[] {
  return hits.filter(([, times]) => times === 0).map(([line = 0]) => line);
}

function total(counts: readonly Count[]): Count {
  return {
    found: counts.reduce((sum, { found }) => sum + found, 0),
    hit: counts.reduce((sum, { hit }) => sum + hit, 0),
  };
}

function percent({ found, hit }: Count): number {
  return found === 0 ? 100 : (100 * hit) / found;
}

function table(entries: readonly Entry[]): string {
  const rows = entries
    .filter(({ gaps }) => gaps.lines.length + gaps.branches.length > 0)
    .map(({ file, lines, branches, gaps }) => {
      const path = file.replace(/^.*contracts\/src\//, '').padEnd(42);
      const figures = `${percent(lines).toFixed(1).padStart(6)} ${percent(branches).toFixed(1).padStart(8)}`;
      return `${path} ${figures}  lines ${gaps.lines.join(' ') || '-'}; branches ${gaps.branches.join(' ') || '-'}`;
    });
  const sum = `lines ${lines.hit}/${lines.found} = ${percent(lines).toFixed(2)} %, branches ${branches.hit}/${branches.found} = ${percent(branches).toFixed(2)} %`;
  return `${['file'.padEnd(42), '  lines', 'branches'].join(' ')}\n${rows.join('\n')}\n${sum}\n`;
}

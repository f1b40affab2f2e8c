import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactPaths, parseArtifact } from '@breakwater/sdk/deploy';
import { prepareWorld, runIncident, startAnvil } from '../src/world/index.ts';

const folder = process.env.ART ?? '/tmp/world-src/out-optimized';
const artifacts: any = Object.fromEntries(
  Object.entries(artifactPaths).map(([k, p]) => [
    k,
    parseArtifact(JSON.parse(readFileSync(join(folder, p), 'utf8')), p),
  ]),
);
const started = performance.now();
const genesis = 1_767_592_800n;
const node = await startAnvil({ port: Number(process.env.PORT ?? 20199), genesis });
try {
  const robbed = (process.env.ROB ?? 'bridge') as 'bridge';
  const world = await prepareWorld({
    node,
    artifacts,
    genesis,
    started,
    holders: Number(process.env.N ?? 60),
    robbed,
    onEntry: (e) => console.log(e.step, e.block, e.chainSeconds, e.wallMilliseconds, e.gas, e.transactions),
  });
  const { payouts, books, ...o } = await runIncident(world, robbed);
  console.log(o);
  for (const c of books.checks) console.log(c.text, c.expected, c.actual, c.difference);
  console.log(
    books.pools.map(({ pool, ...x }) => ({ name: pool.name, ...x })),
    books.difference,
    performance.now() - started,
  );
} finally {
  await node.stop();
}

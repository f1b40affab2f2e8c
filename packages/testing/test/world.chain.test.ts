import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { buy, getCover, getPool, simulateAction, tokenAbi } from '@breakwater/sdk';
import { type Artifacts, artifactPaths, parseArtifact } from '@breakwater/sdk/deploy';
import { getBlock, readContract } from 'viem/actions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insuredKinds } from '../src/insured/index.ts';
import { testingRoot } from '../src/insured/packages.ts';
import { people } from '../src/world/accounts.ts';
import { insuredMarkets } from '../src/world/cards.ts';
import {
  keepUp,
  type LocalNode,
  type Outcome,
  prepareWorld,
  runIncident,
  startAnvil,
  type World,
} from '../src/world/index.ts';

const genesis = 1_767_592_800n;
const holders = 60;
const WAD = 10n ** 18n;

let node: LocalNode;
let world: World;
let outcome: Outcome;

beforeAll(async () => {
  node = await startAnvil({ genesis });
  const started = performance.now();
  const artifacts = readArtifacts();
  world = await prepareWorld({ node, artifacts, genesis, started, holders, robbed: 'bridge' });
  outcome = await runIncident(world);
});

afterAll(() => node?.stop());

describe('the world before the exploit', () => {
  test('sells cover to every holder, in every market, from both pools', () => {
    const { sold } = world;
    expect(new Set(sold.map(({ holder }) => holder.account.address)).size).toBe(holders);
    for (const kind of insuredKinds) {
      for (const pool of [0, 1]) {
        expect(sold.filter(({ planned }) => planned.kind === kind && planned.pool === pool)).not.toEqual([]);
      }
    }
    expect(sold.length).toBeGreaterThan(holders);
  });

  test('has holders whose position is worth less than their cover, and others', () => {
    const over = outcome.payouts.filter(({ cover, exposure }) => cover > exposure).length;
    expect(over).toBe(holders / 10);
    expect(outcome.payouts.every(({ exposure }) => exposure > 0n)).toBe(true);
  });
});

describe('the drill', () => {
  test('declares the loss and pays everyone at most 5 blocks after the persistence window', () => {
    const { blocksToDeclaration, blocksToLastPayout, persistenceBlocks } = outcome;
    expect(persistenceBlocks).toBe(300n);
    expect(blocksToDeclaration).toBeGreaterThan(persistenceBlocks);
    expect(blocksToLastPayout).toBeGreaterThanOrEqual(blocksToDeclaration);
    expect(blocksToLastPayout).toBeLessThanOrEqual(persistenceBlocks + 5n);
  });

  test('pays every holder the same ratio, to the unit', () => {
    expect(outcome.holdersPaid).toBe(holders);
    expect(outcome.claimsSkipped).toBe(0);
    expect([outcome.ratioMin, outcome.ratioMax]).toEqual([WAD, WAD]);
    for (const { received, due } of outcome.payouts) expect(received).toBe(due);
    for (const { cover, exposure, received } of outcome.payouts) {
      const insured = cover < exposure ? cover : exposure;
      // Deductible of 5 %; one unit of rounding a cover.
      expect(Number((insured * 95n) / 100n - received)).toBeLessThanOrEqual(1);
    }
  });

  test('leaves books that are exact', () => {
    for (const { text, difference } of outcome.books.checks) expect(difference, text).toBe(0n);
    expect(outcome.books.difference).toBe(0n);
    expect(outcome.paid).toBe(outcome.books.pools.reduce((sum, { paid }) => sum + paid, 0n));
  });

  test('lets junior bear the loss first, senior what goes beyond', () => {
    const [harbour, reef] = outcome.books.pools;
    expect(harbour?.fromSenior).toBe(0n);
    expect(harbour?.junior).toBeGreaterThan(0n);
    expect(reef?.junior).toBe(0n);
    expect(reef?.fromSenior).toBeGreaterThan(0n);
  });

  test('pays nothing to covers of the other markets, which go on', async () => {
    const { deployment, sold } = world;
    const others = sold.filter(({ planned }) => planned.kind !== 'bridge').slice(0, 5);
    for (const { id } of others) {
      expect((await getCover(node.client, { deployment, cover: id })).state).toBe('active');
    }
    const robbed = sold.filter(({ planned }) => planned.kind === 'bridge').slice(0, 5);
    for (const { id } of robbed) {
      expect((await getCover(node.client, { deployment, cover: id })).state).toMatch(/paid|settled/);
    }
  });

  test('tells what happened in which block', () => {
    const { entries } = world.timeline;
    const blocks = entries.map(({ block }) => block);
    expect(blocks).toEqual([...blocks].sort((a, b) => Number(a - b)));
    expect(entries.every(({ gas, transactions }) => gas > 0n && transactions > 0)).toBe(true);
    const exploit = entries.find(({ step }) => step.startsWith('Exploit'));
    expect(exploit?.block).toBe(outcome.exploit.block);
  });
});

describe('the world after the drill', () => {
  test('comes to the present and sells again, but not on what was robbed', async () => {
    const end = await keepUp(world, () => {});
    end();
    const { deployment } = world;
    const { timestamp } = await getBlock(node.client);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    const account = people.firstWallet.address;
    const pool = deployment.pools[0];
    if (!pool) throw new Error('a pool');
    const dollars = { address: pool.asset.address, abi: tokenAbi } as const;
    const balance = await readContract(node.client, {
      ...dollars,
      functionName: 'balanceOf',
      args: [account],
    });
    expect(balance).toBeGreaterThan(0n);
    for (const { kind, market } of insuredMarkets(deployment)) {
      const purchase = { cover: 100n * 10n ** 6n, coverDays: 30, recipient: account, maxPremium: 10n ** 7n };
      const action = buy({ deployment, pool, market: market.id, ...purchase });
      const attempt = simulateAction(node.client, action, { account });
      // Only the allowance is missing where cover is for sale.
      const name = kind === 'bridge' ? 'OperationClosed' : 'PaymentRefused';
      await expect(attempt, kind).rejects.toThrow(expect.objectContaining({ name }));
    }
    expect((await getPool(node.client, { deployment, pool })).capital).toBeGreaterThan(0n);
  });
});

test('a port that is taken is refused by name', async () => {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await expect(startAnvil({ port, genesis })).rejects.toThrow(expect.objectContaining({ name: 'PortTaken' }));
  await new Promise((resolve) => server.close(resolve));
});

function readArtifacts(): Artifacts {
  const folder = join(testingRoot, '..', '..', process.env.BREAKWATER_ARTIFACTS ?? 'out');
  const entries = Object.entries(artifactPaths).map(([key, path]) => [
    key,
    parseArtifact(JSON.parse(readFileSync(join(folder, path), 'utf8')), path),
  ]);
  return Object.fromEntries(entries);
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Deployment, serializeDeployment } from '@breakwater/sdk';
import { runDeployment } from '@breakwater/sdk/deploy';
import { type BrokenNodes, readBadInputs, startBrokenNodes } from '@breakwater/testing/bad-input';
import type { Account, Hex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anvil,
  artifacts,
  client,
  configFor,
  guardian,
  publishCards,
  rpc,
  startChain,
  stopChain,
  underwriter,
  wallet,
} from './support/chain.ts';
import { breakwater, type Outcome } from './support/io.ts';

const DAY = 86_400;

let deployment: Deployment;
let nodes: BrokenNodes;
let folder: string;
let fresh: Hex;

beforeAll(async () => {
  nodes = await startBrokenNodes();
  folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
  const config = configFor(await startChain());
  deployment = await runDeployment({
    walletClient: wallet,
    publicClient: client,
    artifacts,
    config,
    save: () => {},
  });
  await publishCards(deployment);
  expect(await call('deposit', '--tranche', 'junior', '--amount', '500000')).toMatchObject({ code: 0 });
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await nodes.stop();
  await stopChain();
});

beforeEach(async () => {
  fresh = await anvil.snapshot();
});

afterEach(async () => {
  await anvil.revert({ id: fresh });
});

function manifest(changes: Partial<Deployment> = {}): string {
  const path = join(folder, 'manifest.json');
  writeFileSync(path, serializeDeployment({ ...deployment, ...changes }));
  return path;
}

function callAs(account: Account, name: string, ...more: string[]): Promise<Outcome> {
  const common = ['--rpc', rpc, '--deployment', manifest(), '--unlocked', account.address];
  return breakwater([name, ...common, ...more]);
}

const call = (name: string, ...more: string[]) => callAs(underwriter, name, ...more);
const ask = (url: string) => breakwater(['status', '--rpc', url, '--timeout', '1']);
const buy = (amount: string, ...more: string[]) => call('buy', '--amount', amount, '--days', '30', ...more);

/** Buys a cover and returns its number as people read it. */
async function bought(days = '30'): Promise<string> {
  const { stdout } = await call('buy', '--amount', '1000', '--days', days, '--json');
  return JSON.parse(stdout).covers[0];
}

async function pass(days: number): Promise<void> {
  await anvil.increaseTime({ seconds: days * DAY });
  await anvil.mine({ blocks: 1 });
}

/** How each row of the table is provoked. */
const provoke: Readonly<Record<string, () => Promise<Outcome>>> = {
  'wrong asset': () => {
    const [pool] = deployment.pools;
    if (!pool) throw new Error('a pool');
    const euro = {
      ...pool,
      index: 2n,
      name: 'Euro',
      asset: { ...pool.asset, symbol: 'EUR', address: guardian.address },
    };
    const path = manifest({ pools: [pool, euro] });
    const purchases = ['--purchase', 'Vault:1000:30:Core', '--purchase', 'Vault:1000:30:Euro'];
    return breakwater([
      'buy-many',
      '--rpc',
      rpc,
      '--deployment',
      path,
      '--unlocked',
      underwriter.address,
      ...purchases,
    ]);
  },
  'zero amount': () => buy('0'),
  'huge amount': () => buy('400000000000000000000'),
  'more than a market may carry': () => buy('200000'),
  'price above the maximum': () => buy('1000', '--max-premium', '0.000001'),
  'closed market': async () => {
    const closing = await callAs(guardian, 'close-operations', '--operation', 'buy', '--until', '+1h');
    expect(closing).toMatchObject({ code: 0 });
    return buy('1000');
  },
  'stale card': async () => {
    await pass(21);
    return buy('1000');
  },
  'expired cover': async () => {
    const id = await bought();
    await pass(40);
    return call('cancel', '--cover', id);
  },
  'extension too late': async () => {
    const id = await bought('14');
    await pass(15);
    return call('extend', '--cover', id, '--days', '30');
  },
  'deadline passed': () => call('buy-many', '--purchase', 'Vault:1000:30', '--deadline', '1000000000'),
  'not the holder': async () => callAs(guardian, 'cancel', '--cover', await bought()),
  'no role': () => call('attach-market'),
  'short allowance': () => buy('1000', '--dry-run'),
  'short balance': () => call('deposit', '--tranche', 'junior', '--amount', '5000000'),
  'node on another chain': () =>
    breakwater(['status', '--rpc', rpc, '--deployment', manifest({ chainId: 10 })]),
  'node that refuses connections': () => ask(nodes.refuses),
  'node whose name is unknown': () => ask(nodes.hasNoHost),
  'node that does not answer in time': () => ask(nodes.isSilent),
  'node that answers HTTP 500': () => ask(nodes.fails),
  'address that is no node': () => ask(nodes.isNoNode),
};

const rows = readBadInputs();

describe('bad input on the command line', () => {
  it('has a row for every case, and a case for every row', () => {
    expect(rows.map(({ input }) => input)).toEqual(Object.keys(provoke));
  });

  it.each(rows.filter(({ exit }) => exit !== 0))('of $input is told in two lines', async (row) => {
    const { code, stdout, stderr } = (await provoke[row.input]?.()) ?? { code: -1, stdout: '', stderr: '' };
    expect({ code, stdout }).toEqual({ code: row.exit, stdout: '' });
    const lines = stderr.trimEnd().split('\n');
    const [message = '', instruction = ''] = lines.slice(-2);
    expect(message).toMatch(row.message);
    expect(instruction).toMatch(/^[A-Z].*\.$/);
    expect(stderr).not.toMatch(/\n\s+at |node_modules|\d units/);
  });

  it('of a short allowance is no error: it says what it would approve first', async () => {
    const { code, stdout } = (await provoke['short allowance']?.()) ?? { code: -1, stdout: '' };
    expect(code).toBe(0);
    expect(stdout).toMatch(/First +Allow 0x[0-9a-fA-F]{40} to move [\d.]+ USD of token 0x/);
    expect(stdout).toContain('Nothing was sent');
  });

  it('is told as one object of JSON where JSON was asked for', async () => {
    const { code, stdout, stderr } = await buy('200000', '--json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout).error).toMatchObject({
      name: 'MarketFull',
      message: expect.stringMatching(/ USD; this pool carries at most [\d.]+ USD\.$/),
      values: { cover: '200000000000' },
    });
  });

  it('of an address that answers other JSON is told like that of no node', async () => {
    expect((await ask(nodes.isOther)).stderr).toContain('is not a node');
  });
});

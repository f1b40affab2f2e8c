import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serializeDeployment } from '@breakwater/sdk';
import { type DeploymentConfig, runDeployment } from '@breakwater/sdk/deploy';
import type { Address, Hex } from 'viem';
import { getBlockNumber, getTransactionCount } from 'viem/actions';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anvil,
  artifactFolder,
  artifacts,
  client,
  configFor,
  deployer,
  rpc,
  sentCount,
  startChain,
  stopChain,
  underwriter,
  wallet,
} from './support/chain.ts';
import { breakwater } from './support/io.ts';
import { scryptKeystore, testPassword } from './support/keystores.ts';

let asset: Address;
let fresh: Hex;
let folder: string;

beforeAll(async () => {
  asset = await startChain();
});

afterAll(stopChain);

beforeEach(async () => {
  fresh = await anvil.snapshot();
  folder = mkdtempSync(join(tmpdir(), 'deploy-'));
});

afterEach(async () => {
  await anvil.revert({ id: fresh });
  rmSync(folder, { recursive: true });
});

function deploy() {
  const common = { walletClient: wallet, publicClient: client, artifacts, save: () => {} };
  return runDeployment({ ...common, config: configFor(asset) });
}

describe('breakwater deploy', () => {
  const account = ['--unlocked', deployer.address];

  function args(...more: string[]) {
    const config = join(folder, 'config.json');
    writeFileSync(config, serializeConfig(configFor(asset)));
    const manifest = join(folder, 'manifest.json');
    return [
      'deploy',
      '--rpc',
      rpc,
      '--config',
      config,
      '--artifacts',
      artifactFolder,
      '--deployment',
      manifest,
      ...more,
    ];
  }

  it('prints the plan of a dry run and sends nothing', async () => {
    const block = await getBlockNumber(client);
    const before = await sentCount();
    const human = await breakwater(args('--dry-run', ...account));
    expect(human).toMatchObject({ code: 0, stderr: '' });
    expect(human.stdout).toContain('Deploy MarketRegistry');
    const { stdout } = await breakwater(args('--dry-run', '--json', ...account));
    const plan = JSON.parse(stdout);
    expect(BigInt(plan.gas)).toBeGreaterThan(20_000_000n);
    expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
    expect([await getBlockNumber(client), await sentCount()]).toEqual([block, before]);
    const finished = await deploy();
    expect(plan.addresses).toEqual(finished.addresses);
  });

  it('can be killed and started again', async () => {
    await anvil.setIntervalMining({ interval: 1 });
    const child = start(args(...account));
    await lineMatching(child, /\[ ?6\/\d+\] .*waiting for 0x/);
    child.kill('SIGKILL');
    await anvil.setIntervalMining({ interval: 0 });
    await anvil.mine({ blocks: 1 });
    await anvil.setAutomine(true);
    const half = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(half.progress.finished).toBe(false);
    const unfinished = await breakwater([
      'status',
      '--rpc',
      rpc,
      '--deployment',
      join(folder, 'manifest.json'),
    ]);
    expect(unfinished).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('was stopped before its end'),
    });

    const again = await breakwater(args(...account));
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toContain('there already');
    const before = await sentCount();
    const third = await breakwater(args('--json', ...account));
    expect(JSON.parse(third.stdout)).toMatchObject({ sent: 0, progress: { finished: true } });
    expect(await sentCount()).toBe(before);
  });

  it('signs with a keystore', async () => {
    const address = '0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b';
    await anvil.setBalance({ address, value: 10n ** 20n });
    writeFileSync(join(folder, 'key.json'), JSON.stringify(scryptKeystore));
    writeFileSync(join(folder, 'password'), `${testPassword}\n`);
    const signer = ['--keystore', 'key.json', '--password-file', 'password'];
    expect(await breakwater(args(...signer), { cwd: folder })).toMatchObject({ code: 0 });
    expect(await getTransactionCount(client, { address })).toBeGreaterThan(20);
  });

  it('names a wrong chain, a wrong configuration and a missing account', async () => {
    const config = { ...configFor(asset), chainId: 5 };
    const other = join(folder, 'other.json');
    writeFileSync(other, serializeConfig(config));
    const wrong = await breakwater(['deploy', '--rpc', rpc, '--config', other, ...account]);
    expect(wrong.stderr).toContain('is on chain 31345, the configuration is for chain 5');
    writeFileSync(other, serializeConfig({ ...config, triggerSpread: 3 }));
    const invalid = await breakwater(['deploy', '--rpc', rpc, '--config', other, ...account]);
    expect(invalid.stderr).toContain('config.triggerSpread: it is not between 10 and 7200');
    expect(await breakwater(args())).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No account'),
    });
  });
});

describe('commands on a deployment', () => {
  it('reads, sends, and explains what the contracts refuse', async () => {
    const finished = await deploy();
    const manifest = join(folder, 'manifest.json');
    writeFileSync(manifest, serializeDeployment(finished));
    const call = (name: string, ...more: string[]) =>
      breakwater([name, '--rpc', rpc, '--deployment', manifest, '--unlocked', underwriter.address, ...more]);

    expect((await call('status')).stdout).toContain('Core');
    const deposited = await call('deposit', '--tranche', 'junior', '--amount', '2500.5', '--json');
    expect(JSON.parse(deposited.stdout)).toMatchObject({ verb: 'deposit' });
    expect((await call('pool')).stdout).toMatch(/Junior +2500\.5 USD/);
    const rehearsed = await call('request-exit', '--tranche', 'junior', '--dry-run');
    expect(rehearsed.stdout).toContain('the call would succeed');
    expect(await call('request-exit', '--tranche', 'junior')).toMatchObject({ code: 0 });
    expect((await call('position', '--tranche', 'junior')).stdout).toMatch(/2500\.5 +2500\.5 +0 +0/);

    const short = await call('deposit', '--tranche', 'junior', '--amount', '5000000');
    expect(short).toMatchObject({ code: 1, stdout: '' });
    expect(short.stderr).toMatch(/holds .* is needed\.\nBring in the difference/s);
    const unsold = await call('quote', '--amount', '10', '--days', '30');
    expect(unsold).toMatchObject({ code: 1 });
    expect(unsold.stderr.trim().split('\n')).toHaveLength(2);
    expect((await call('market', '--market', 'Volt')).stderr).toContain('which has Vault');
    expect((await call('attach-market')).stderr).toContain('may not call');
  });

  it('names a missing manifest and one of another chain', async () => {
    const missing = await breakwater(['status', '--rpc', rpc]);
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no manifest for chain 31345'),
    });
    const finished = await deploy();
    const path = join(folder, 'other.json');
    writeFileSync(path, serializeDeployment({ ...finished, chainId: 10 }));
    const other = await breakwater(['status', '--rpc', rpc, '--deployment', path]);
    expect(other.stderr).toContain('is on chain 31,345'.replace(',', ''));
  });
});

function serializeConfig(config: DeploymentConfig): string {
  return JSON.stringify(config, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
}

function start(args: readonly string[]): ChildProcess {
  const program = join(import.meta.dirname, '../bin/breakwater.mjs');
  return spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}

function lineMatching(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stderr?.on('data', (data: Buffer) => {
      seen += data.toString();
      if (pattern.test(seen)) resolve();
    });
    child.on('exit', () => reject(new Error(`ended before: ${seen}`)));
  });
}

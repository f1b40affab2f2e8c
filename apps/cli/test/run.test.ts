import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import * as sdk from '@breakwater/sdk';
import { parseDeploymentConfig } from '@breakwater/sdk/deploy';
import { describe, expect, it } from 'vitest';
import { commandGroups, commands } from '../src/commands.ts';
import { renderError, UsageError } from '../src/errors.ts';
import { kebab } from '../src/parse.ts';
import { breakwater } from './support/io.ts';

describe('the table of commands', () => {
  it('has a command for every action of the SDK', () => {
    const folder = join(import.meta.dirname, '../../../packages/sdk/src/actions');
    const actions = readdirSync(folder)
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((name) => name !== 'shared');
    expect(Object.keys(sdk)).toEqual(expect.arrayContaining(actions));
    expect(commands.flatMap(({ verb }) => verb ?? []).sort()).toEqual(actions.sort());
  });

  it('has every name once, and no option of a command hides one that all have', () => {
    const names = commands.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const shared = [
      'rpc',
      'timeout',
      'deployment',
      'json',
      'keystore',
      'passwordFile',
      'privateKeyEnv',
      'unlocked',
      'help',
    ];
    for (const { options } of commands) {
      expect(Object.keys(options).filter((name) => shared.includes(name))).toEqual([]);
    }
  });

  it('explains every command and every option', async () => {
    const { stdout } = await breakwater(['help']);
    for (const { title, commands: grouped } of commandGroups) {
      expect(stdout).toContain(`${title}:`);
      for (const { name, summary, options } of grouped) {
        expect(stdout).toContain(`${name} `);
        expect(summary).not.toMatch(/\.$/);
        const help = await breakwater([name, '--help']);
        expect(help.code).toBe(0);
        for (const option of Object.keys(options)) expect(help.stdout).toContain(`--${kebab(option)}`);
        expect((await breakwater(['help', name])).stdout).toBe(help.stdout);
      }
    }
  });
});

describe('the example of a configuration', () => {
  it('can be read', () => {
    const path = join(import.meta.dirname, '../../../deployments/config.example.json');
    expect(parseDeploymentConfig(readFileSync(path, 'utf8')).chainId).toBe(31_337);
  });
});

describe('run', () => {
  it('ends with 2 and the help for a wrong call', async () => {
    const none = await breakwater([]);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('Usage: breakwater <command>');
    const unknown = await breakwater(['depossit']);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('There is no command depossit. Did you mean deposit?');
    const suggestions = [
      ['settleIncident', 'settle?'],
      ['buyMany', 'buy-many?'],
      ['exit', 'request-exit or strike-exit or claim-exit?'],
      ['give-consent', 'consent?'],
    ] as const;
    for (const [name, meant] of suggestions) {
      expect((await breakwater([name])).stderr).toContain(
        `There is no command ${name}. Did you mean ${meant}`,
      );
    }
    expect((await breakwater(['nothing-like-it'])).stderr).toMatch(
      /^There is no command nothing-like-it\.$/m,
    );
    expect((await breakwater(['buy', '--amout', '3'])).stderr).toContain(
      'Unknown option --amout. Did you mean --amount?',
    );
    expect((await breakwater(['buy', '--premium', '3'])).stderr).toContain('Did you mean --max-premium?');
    const wrong = await breakwater(['buy', '--amount', 'ten']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('See `breakwater help buy`.');
  });

  it('writes errors as JSON where JSON was asked for', async () => {
    const { code, stdout, stderr } = await breakwater(['buy', '--json']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ error: { name: 'UsageError' } });
  });

  it('names a node that cannot be reached', async () => {
    const { code, stderr } = await breakwater(['status', '--rpc', 'http://127.0.0.1:9']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/The node at http:\/\/127\.0\.0\.1:9 cannot be reached/);
  });

  it('names a port that is taken before it builds anything', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stdout, stderr } = await breakwater(['start', '--port', String(port)]);
    await new Promise((resolve) => server.close(resolve));
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `Port ${port} cannot be used: another program listens on it.\nEnd that program, or give another port with --port.\n`,
    });
  });

  it('refuses several accounts, and half a keystore', async () => {
    const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
    const both = await breakwater(['status', '--unlocked', address, '--private-key-env', 'KEY']);
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('not several') });
    const half = await breakwater(['status', '--keystore', 'key.json']);
    expect(half).toMatchObject({ code: 2, stderr: expect.stringContaining('--password-file FILE') });
    const unset = await breakwater(['status', '--private-key-env', 'KEY']);
    expect(unset).toMatchObject({ code: 1, stderr: expect.stringContaining('KEY is not set') });
  });

  it('never prints a private key that is not one', async () => {
    const { code, stdout, stderr } = await breakwater(['status', '--private-key-env', 'KEY'], {
      env: { KEY: 'secret-secret' },
    });
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('KEY does not hold a private key');
    expect(stdout + stderr).not.toContain('secret-secret');
  });
});

describe('renderError', () => {
  it('says what happened and what to do', () => {
    const error = new sdk.BreakwaterError('MarketFull', {
      message: 'The market is full.',
      instruction: 'Buy less.',
      values: { left: 10n },
    });
    const { text, json, exitCode } = renderError(error);
    expect({ text, exitCode }).toEqual({ text: 'The market is full.\nBuy less.\n', exitCode: 1 });
    expect(JSON.parse(json).error).toEqual({
      name: 'MarketFull',
      message: 'The market is full.',
      instruction: 'Buy less.',
      values: { left: '10' },
    });
  });

  it('points to the help of the command for a wrong call', () => {
    expect(renderError(new UsageError('No.', 'pay'))).toMatchObject({
      text: 'No.\nSee `breakwater help pay`.\n',
      exitCode: 2,
    });
  });

  it('explains what nobody expected', () => {
    expect(renderError(new TypeError('x is undefined')).text).toMatch(/Something unexpected happened/);
  });
});

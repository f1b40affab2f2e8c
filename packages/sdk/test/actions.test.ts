/// <reference types="node" />

import { readdirSync } from 'node:fs';
import { type Abi, decodeFunctionData } from 'viem';
import { describe, expect, it } from 'vitest';
import * as sdk from '../src/index.ts';
import { encodeCoverId } from '../src/index.ts';
import {
  approval,
  authority,
  bob,
  cases,
  core,
  cover,
  ether,
  leg,
  onCover,
  onPool,
  parts,
  permit,
  pool,
  purchase,
  report,
  settings,
  signature,
  zero,
} from './actionCases.ts';
import { account, deployment, market } from './world.ts';

const files = readdirSync(new URL('../src/actions', import.meta.url)).map((name) => name.replace('.ts', ''));

function expectFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  expect(Object.isFrozen(value)).toBe(true);
  for (const part of Object.values(value)) expectFrozen(part);
}

describe('actions', () => {
  it('are all tested here', () => {
    expect(files.filter((name) => name !== 'shared' && !(name in cases))).toEqual([]);
  });

  it.each(Object.entries(cases))('%s encodes the call it names', (verb, expected) => {
    const { chainId, transaction, summary } = expected.action;
    expect(chainId).toBe(deployment.chainId);
    expect(transaction.to).toBe(expected.to);
    expect(transaction.value).toBe(0n);
    const decoded = decodeFunctionData({ abi: expected.abi as Abi, data: transaction.data });
    expect(decoded.functionName).toBe(expected.call);
    expect(decoded.args ?? []).toEqual(expected.args);
    expect(summary.verb).toBe(verb);
    expect(summary.text).toMatch(/^[A-Z]/);
    expect(summary.text).not.toMatch(/undefined|NaN|\[object/);
  });

  it.each(Object.entries(cases))('%s says what it requires', (_, { action, requirements = [] }) => {
    expect(action.requirements).toEqual(requirements === 'authority' ? [authority(action)] : requirements);
  });

  it.each(Object.entries(cases))('%s is frozen', (_, { action }) => {
    expectFrozen(action);
  });
});

describe('variants', () => {
  const purchases = [{ pool, ...purchase, recipient: undefined }];
  const anyones = { ...leg, params: { ...leg.params, recipient: zero } };

  it('of buyMany pay by permit', () => {
    const { transaction, requirements } = sdk.buyMany({
      deployment,
      purchases,
      maxTotal: 90n,
      deadline: 800n,
      permit,
    });
    const { functionName, args } = decodeFunctionData({ abi: sdk.coverRouterAbi, data: transaction.data });
    expect(functionName).toBe('buyWithPermit');
    expect(args).toEqual([[anyones], 90n, 800n, { value: 500n, deadline: 900n, ...parts }]);
    expect(requirements.map(({ type }) => type)).toEqual(['deadline', 'balance', 'permit']);
  });

  it('of buyMany pay through Permit2', () => {
    const permit2 = { amount: 500n, nonce: 1n, deadline: 900n, signature };
    const { transaction, requirements } = sdk.buyMany({
      deployment,
      purchases,
      maxTotal: 90n,
      deadline: 800n,
      permit2,
    });
    const { functionName, args } = decodeFunctionData({ abi: sdk.coverRouterAbi, data: transaction.data });
    expect(functionName).toBe('buyWithPermit2');
    expect(args?.[3]).toEqual(permit2);
    expect(requirements).toContainEqual(approval(sdk.permit2Address, 50n));
  });

  it('of closeOperations end by themselves', () => {
    const { transaction } = sdk.closeOperations({ deployment, market, operations: ['extend'], until: 700n });
    const { functionName, args } = decodeFunctionData({ abi: sdk.marketRegistryAbi, data: transaction.data });
    expect([functionName, args]).toEqual(['closeForAWhile', [market, 2, 700]]);
  });

  it('of setRollingOrder stop renewing', () => {
    const { requirements, summary } = sdk.setRollingOrder({
      ...onCover,
      addDays: 0,
      maxRate: 0,
      tip: 0n,
      allowance: 9n,
    });
    expect(requirements).toEqual([]);
    expect(summary.text).toBe('Stop renewing cover 1-77');
  });

  it('take a pool that the manifest does not list as an object', () => {
    const added = { ...core, address: account(0x2009), index: 9n };
    expect(sdk.poke({ deployment, pool: added, market }).transaction.to).toBe(added.address);
    expect(
      sdk.pay({ deployment, cover: encodeCoverId({ pool: 9n, sequence: 1n }), pool: added }).transaction.to,
    ).toBe(added.address);
  });
});

describe('input that cannot be meant', () => {
  const refuses = (name: string, build: () => unknown) =>
    expect(build).toThrow(expect.objectContaining({ name, instruction: expect.stringMatching(/\.$/) }));

  it('is refused before anything is sent', () => {
    refuses('ValueZero', () => sdk.buy({ ...onPool, ...purchase, cover: 0n }));
    refuses('ValueTooLarge', () => sdk.buy({ ...onPool, ...purchase, cover: 2n ** 88n }));
    refuses('ValueTooSmall', () => sdk.buy({ ...onPool, ...purchase, cover: -1n }));
    refuses('ValueNotWhole', () => sdk.buy({ ...onPool, ...purchase, coverDays: 1.5 }));
    refuses('AddressInvalid', () => sdk.buy({ ...onPool, ...purchase, recipient: '0x12' }));
    refuses('BytesInvalid', () => sdk.buy({ ...onPool, ...purchase, market: '0x12' }));
    refuses('PoolNotInDeployment', () => sdk.buy({ ...onPool, ...purchase, pool: bob }));
    refuses('PoolNotInDeployment', () => sdk.pay({ deployment, cover: 5n }));
    refuses('ListEmpty', () => sdk.payBatch({ ...onPool, covers: [] }));
    refuses('ListTooLong', () => sdk.payBatch({ ...onPool, covers: Array(501).fill(cover) }));
    refuses('ListEmpty', () => sdk.buyMany({ deployment, purchases: [], maxTotal: 1n, deadline: 1n }));
    refuses('ListEmpty', () => sdk.closeOperations({ deployment, market, operations: [] }));
    refuses('ValueTooSmall', () =>
      sdk.createPool({ deployment, settings: { ...settings, exitDelayDays: 1 } }),
    );
    refuses('BytesInvalid', () =>
      sdk.depositWithPermit({
        ...onPool,
        tranche: 'senior',
        assets: 1n,
        receiver: bob,
        minShares: 0n,
        deadline: 1n,
        permit: { ...permit, signature: '0x12' },
      }),
    );
    refuses('ValueZero', () =>
      sdk.attest({
        deployment,
        report: { ...report, state: 'suspect', bond: 0n },
        operators: [bob],
        signatures: [{ signer: bob, signature }],
      }),
    );
  });

  it('such as pools of two assets in one purchase is refused', () => {
    refuses('AssetsDiffer', () =>
      sdk.buyMany({
        deployment,
        purchases: [
          { pool, ...purchase },
          { pool: ether.address, ...purchase },
        ],
        maxTotal: 1n,
        deadline: 1n,
      }),
    );
  });
});

describe('rollingAllowance', () => {
  it('is the limit of the pool for each renewal, and the tips', () => {
    const order = { amount: 1_000_000n, addDays: 365, maxRate: 3_000_000, tip: 5n, renewals: 2 };
    expect(sdk.rollingAllowance(order)).toBe(2n * (30_000n + 5n));
    expect(sdk.rollingAllowance({ ...order, addDays: 30, renewals: 1 })).toBe(2_465n + 5n);
  });
});

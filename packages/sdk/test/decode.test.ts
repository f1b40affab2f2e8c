/// <reference types="node" />

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Abi,
  createClient,
  custom,
  encodeErrorResult,
  http,
  RpcRequestError,
  UserRejectedRequestError,
} from 'viem';
import { readContract, sendTransaction } from 'viem/actions';
import { afterEach, describe, expect, it } from 'vitest';
import { errorsAbi } from '../src/abi/errors.ts';
import { BreakwaterError, decodeError, getPool, getQuote, lensAbi, poolAbi } from '../src/index.ts';
import { chain, revertWith } from './chain.ts';
import { account, deployment, market } from './world.ts';

const pool = account(0x2001);
const quoted = { deployment, pool, market, cover: 1_000_000n, coverDays: 30 };

async function caught(run: () => Promise<unknown>): Promise<BreakwaterError> {
  const error = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BreakwaterError);
  return error as BreakwaterError;
}

describe('a revert', () => {
  it('is told with the figures in the asset of the pool, and what to do', async () => {
    const { client } = chain({
      abis: [lensAbi],
      answers: {
        quoteExact: () => {
          throw revertWith('PremiumAboveMax', [12_500_000n, 10_000_000n]);
        },
      },
    });
    const error = await caught(() => getQuote(client, quoted));
    expect(error.name).toBe('PremiumAboveMax');
    expect(error.message).toBe('The premium is 12.5 USD, above your maximum of 10 USD.');
    expect(error.instruction).toBe('Look at the new price and raise the maximum, or buy less cover.');
    expect(error.values).toEqual({ premium: 12_500_000n, max: 10_000_000n });
    expect(error.cause).toBeDefined();
    expect(error.toString()).toBe(`PremiumAboveMax: ${error.message} ${error.instruction}`);
  });

  it('of the pool is found in what the lens returns', async () => {
    const reason = encodeErrorResult({
      abi: errorsAbi as Abi,
      errorName: 'CardStale',
      args: [market, 1_700_000_000n, 1_700_000_001n],
    });
    const empty = {
      premium: 0n,
      fee: 0n,
      expectedLoss: 0n,
      start: 0n,
      end: 0n,
      utilisationBefore: 0n,
      utilisationAfter: 0n,
    };
    const { client } = chain({
      abis: [lensAbi],
      answers: { quoteExact: () => ({ ok: false, reason, poked: true, quote: empty }) },
    });
    const error = await caught(() => getQuote(client, quoted));
    expect(error.message).toContain('was valid until 2023-11-14 22:13 UTC');
  });

  it('of a read is told', async () => {
    const { client } = chain({
      abis: [poolAbi],
      answers: {
        state: () => {
          throw revertWith('Reentrancy', []);
        },
      },
    });
    expect((await caught(() => getPool(client, { deployment, pool }))).name).toBe('Reentrancy');
  });

  it.each([
    [
      'a wallet that nests it',
      { code: -32603, message: 'Internal', data: { originalError: { data: revertWith('AmountZero', []) } } },
    ],
    [
      'a node that nests it',
      {
        code: -32603,
        message: 'Internal',
        data: { data: (revertWith('AmountZero', []) as { data?: unknown }).data },
      },
    ],
    [
      'a node with a prefix',
      {
        code: -32015,
        message: 'VM',
        data: `Reverted ${(revertWith('AmountZero', []) as { data?: unknown }).data}`,
      },
    ],
  ])('is found in the answer of %s', (_, error) => {
    expect(decodeError(error).name).toBe('AmountZero');
  });

  it('with a text or a panic is told', () => {
    const text = encodeErrorResult({ abi: errorsText, errorName: 'Error', args: ['no thanks'] });
    expect(decodeError({ data: text }).message).toBe('The call reverted: no thanks.');
    const panic = encodeErrorResult({ abi: errorsText, errorName: 'Panic', args: [17n] });
    expect(decodeError({ data: panic }).message).toContain('arithmetic overflow (panic 17)');
  });

  it('of an unknown kind, or without reason, is said to be that', () => {
    expect(decodeError({ data: '0x12345678' }).name).toBe('RevertedUnknown');
    expect(decodeError({ data: '0x12345678' }).message).toContain('0x12345678');
    expect(decodeError({ code: 3, message: 'execution reverted', data: '0x' }).name).toBe('RevertedSilently');
  });
});

const errorsText = [
  { type: 'error', name: 'Error', inputs: [{ name: 'reason', type: 'string' }] },
  { type: 'error', name: 'Panic', inputs: [{ name: 'code', type: 'uint256' }] },
] as const;

describe('trouble with the node', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function serve(answer: (respond: (status: number, body?: string) => void) => void): Promise<string> {
    server = createServer((_, response) =>
      answer((status, body = '') => response.writeHead(status, { 'content-type': 'text/plain' }).end(body)),
    );
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/secret-key?token=abc`;
  }

  const at = (url: string, timeout = 2_000) =>
    createClient({ transport: http(url, { retryCount: 0, timeout }) });

  it('that refuses connections is told', async () => {
    const url = await serve(() => {});
    await new Promise((resolve) => server?.close(resolve));
    const error = await caught(() => getPool(at(url), { deployment, pool }));
    expect(error.name).toBe('RpcUnreachable');
    expect(error.message).toContain(new URL(url).host);
    expect(error.message).not.toContain('secret');
  });

  it('that does not answer in time is told', async () => {
    const url = await serve(() => {});
    expect((await caught(() => getPool(at(url, 50), { deployment, pool }))).name).toBe('RpcTimeout');
  });

  it('that has had enough requests is told', async () => {
    const url = await serve((respond) => respond(429));
    expect((await caught(() => getPool(at(url), { deployment, pool }))).name).toBe('RpcRateLimited');
  });

  it('that is broken is told', async () => {
    const url = await serve((respond) => respond(502, 'bad gateway'));
    const error = await caught(() => getPool(at(url), { deployment, pool }));
    expect(error.name).toBe('RpcUnreachable');
    expect(error.message).toContain('HTTP status 502');
  });

  it('that has no such contract is told', async () => {
    const { client } = chain({ abis: [], other: { eth_call: () => '0x' } });
    expect((await caught(() => getPool(client, { deployment, pool }))).name).toBe('ContractMissing');
  });

  it('that answers with an error is told', async () => {
    const error = new RpcRequestError({
      body: {},
      url: 'http://node',
      error: { code: -32_000, message: 'header not found' },
    });
    expect(decodeError(error).name).toBe('RpcFailed');
    expect(decodeError(error).message).toContain('header not found');
  });
});

describe('trouble with the wallet', () => {
  const wallet = (failure: object) =>
    createClient({
      transport: custom(
        {
          request: async ({ method }: { method: string }) => {
            if (method === 'eth_chainId') return '0x7a6a';
            throw Object.assign(new Error('failed'), failure);
          },
        },
        { retryCount: 0 },
      ),
    });
  const send = (failure: object) => () =>
    sendTransaction(wallet(failure), { account: account(1), to: account(2), chain: null }).catch(
      (error: unknown) => {
        throw decodeError(error);
      },
    );

  it.each([
    ['UserRejected', { code: 4001, message: 'User rejected the request.' }],
    ['WalletDisconnected', { code: 4900, message: 'Disconnected' }],
    ['GasFundsMissing', { code: -32_000, message: 'insufficient funds for gas * price + value' }],
    ['NonceConflict', { code: -32_000, message: 'nonce too low' }],
    ['GasPriceTooLow', { code: -32_000, message: 'transaction underpriced' }],
    ['RpcMethodMissing', { code: -32_601, message: 'method not found' }],
  ])('is told as %s', async (name, failure) => {
    const error = await caught(send(failure));
    expect(error.name).toBe(name);
    expect(error.instruction).not.toBe('');
  });

  it('that a person caused comes before anything else', () => {
    const error = new UserRejectedRequestError(new Error('insufficient funds'));
    expect(decodeError(error).name).toBe('UserRejected');
  });
});

describe('anything else', () => {
  it('is told in one line, and an error of ours is left as it is', async () => {
    expect(decodeError(new Error('boom\nmore')).message).toBe('Something unexpected happened: boom.');
    expect(decodeError('boom').message).toContain('boom');
    expect(decodeError(undefined).name).toBe('Unexpected');
    const ours = decodeError(new Error('x'));
    expect(decodeError(ours)).toBe(ours);
    const loop: { cause?: unknown } = {};
    loop.cause = loop;
    expect(decodeError(loop).name).toBe('Unexpected');
  });

  it('is told by a plain viem read too', async () => {
    const { client } = chain({
      abis: [poolAbi],
      answers: {
        policy: () => {
          throw revertWith('PolicyOfAnotherPool', [5n]);
        },
      },
    });
    const error = await caught(() =>
      readContract(client, { address: pool, abi: poolAbi, functionName: 'policy', args: [5n] }).catch(
        (e: unknown) => {
          throw decodeError(e);
        },
      ),
    );
    expect(error.name).toBe('PolicyOfAnotherPool');
  });
});

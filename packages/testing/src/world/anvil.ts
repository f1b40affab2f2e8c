import { spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { BreakwaterError } from '@breakwater/sdk';
import type { Chain, TestClient, Transport } from 'viem';
import { createTestClient, defineChain, http } from 'viem';
import { getChainId, setBlockTimestampInterval } from 'viem/actions';
import { testingRoot } from '../insured/packages.ts';
import { mnemonic, walletCount } from './accounts.ts';

/** Not 31337, whose blocks some tools hold final after a while. */
export const localChainId = 31_338;

/** What a block takes in: mainnet's limit. */
export const blockGasLimit = 60_000_000n;

/** Seconds from block to block. */
export const blockTime = 12;

/** Calls in one request to the node. */
export const requestBatch = 100;

/** A client of the local chain, which can also mine and set the time. */
export type WorldClient = TestClient<'anvil', Transport, Chain>;

/** A running chain. */
export type LocalNode = {
  readonly client: WorldClient;
  readonly url: string;
  /** Settles when the node ends without being asked to, with the error that says so. */
  readonly died: Promise<BreakwaterError>;
  readonly stop: () => Promise<void>;
};

/**
 * Starts anvil with an empty chain whose blocks come 12 seconds apart, however fast they are mined.
 * @param options.port by default one that is free
 * @param options.genesis time of the first block, seconds
 * @throws PortTaken, NodeNotRunning
 */
export async function startAnvil(options: { port?: number; genesis: bigint }): Promise<LocalNode> {
  const { genesis } = options;
  const port = await findPort(options.port);
  const url = `http://127.0.0.1:${port}`;
  const flags = {
    '--port': port,
    '--chain-id': localChainId,
    '--gas-limit': blockGasLimit,
    '--timestamp': genesis,
    '--mnemonic': mnemonic,
    '--accounts': walletCount,
    '--order': 'fifo',
  };
  const args = Object.entries(flags).flatMap(([flag, value]) => [flag, String(value)]);
  // Its own process group: Ctrl-C reaches us alone, and we end it.
  const child = spawn(join(testingRoot, '..', '..', 'scripts', 'anvil'), args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr = `${stderr}${chunk}`.slice(-2_000);
  });
  const kill = () => child.kill();
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      stderr += error.message;
      resolve();
    });
  });
  let isStopping = false;
  const died = ended.then(() => {
    process.off('exit', kill);
    // Asked to, it did not die: nobody is to be told.
    return isStopping ? new Promise<never>(() => {}) : nodeError(stderr);
  });
  const stop = async () => {
    isStopping = true;
    kill();
    await ended;
  };
  const client = connect(url);
  try {
    await Promise.race([answers(client), died.then((error) => Promise.reject(error))]);
    await setBlockTimestampInterval(client, { interval: blockTime });
  } catch (error) {
    await stop();
    throw error;
  }
  return { client, url, died, stop };
}

/** A client of a local chain, whose requests go out in batches. */
export function connect(url: string): WorldClient {
  const chain = defineChain({
    id: localChainId,
    name: 'Breakwater local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  return createTestClient({
    mode: 'anvil',
    chain,
    transport: http(url, { batch: { batchSize: requestBatch }, timeout: 120_000, retryCount: 0 }),
    cacheTime: 0,
    pollingInterval: 20,
  });
}

async function answers(client: WorldClient): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const isUp = await getChainId(client).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > deadline) throw nodeError('it did not answer within 30 seconds');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function nodeError(reason: string): BreakwaterError {
  return new BreakwaterError('NodeNotRunning', {
    message: `The local chain ended: ${reason.trim() || 'it gave no reason'}.`,
    instruction: 'Run `npm install` again if anvil is missing, and try once more.',
    values: { reason },
  });
}

/**
 * The port that was asked for, if nothing listens on it, or any that is free.
 * @throws PortTaken
 */
export async function findPort(wanted = 0): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', resolve);
    });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new BreakwaterError('PortTaken', {
      message: `Port ${wanted} cannot be used: ${code === 'EADDRINUSE' ? 'another program listens on it' : message}.`,
      instruction: 'End that program, or give another port with --port.',
      values: { port: wanted },
      cause,
    });
  }
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

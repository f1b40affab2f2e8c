import { resolve } from 'node:path';
import {
  checkChain,
  type Deployment,
  type ErrorContext,
  findPoolOfCover,
  type MarketEntry,
  type PoolEntry,
  parseDeployment,
  readChainId,
  type Wallet,
} from '@breakwater/sdk';
import {
  type Account,
  type Address,
  type Client,
  createClient,
  type Hex,
  http,
  isAddress,
  isHex,
} from 'viem';
import { getBlock } from 'viem/actions';
import { readAccount } from './account/account.ts';
import type { GlobalValues } from './command.ts';
import { cliError, UsageError } from './errors.ts';
import { readText, readTextIfPresent, root } from './files.ts';
import type { Surroundings } from './output.ts';

/** A node, and the deployment on its chain. */
export type Session = {
  readonly client: Client;
  readonly deployment: Deployment;
  /** Folder that relative paths count from. */
  readonly cwd: string;
  /** Address of the account to send with. */
  readonly sender: () => Address;
  readonly wallet: () => Wallet;
  /** The pool that was named, or the only one there is. */
  readonly pool: (named: string | undefined) => PoolEntry;
  /** The pool that sold a cover. */
  readonly poolOfCover: (cover: bigint) => PoolEntry;
  /** Id of the market that was named, or of the only one there is. */
  readonly market: (named: string | undefined) => Hex;
  /** The market that was named, with its terms. */
  readonly marketEntry: (named: string | undefined) => MarketEntry;
  /** The chain's time, seconds. */
  readonly now: () => Promise<bigint>;
  /** Asset of the pool that was named last: what amounts in errors are shown in. */
  readonly context: () => ErrorContext;
};

/** A client of the node, with its chain's id. */
export async function connect(globals: GlobalValues): Promise<{ client: Client; chainId: number }> {
  const client = createClient({
    transport: http(globals.rpc, { timeout: globals.timeout, retryCount: 1 }),
    pollingInterval: 500,
  });
  return { client, chainId: await readChainId(client) };
}

/** A client that signs with an account. */
export function walletOf(globals: GlobalValues, account: Account): Wallet {
  return createClient({ account, transport: http(globals.rpc, { timeout: 2 * globals.timeout }) });
}

/**
 * Connects, and reads the manifest of the chain.
 * @throws RpcUnreachable, DeploymentMissing, DeploymentUnfinished, DeploymentInvalid, ChainDiffers
 */
export async function openSession(globals: GlobalValues, io: Surroundings): Promise<Session> {
  const account = await readAccount(globals, io);
  const { client, chainId } = await connect(globals);
  const deployment = await readDeployment(globals, io, chainId);
  await checkChain(client, deployment.chainId);
  let shown: PoolEntry | undefined;
  const show = (pool: PoolEntry) => {
    shown = pool;
    return pool;
  };
  const present = () => {
    if (account) return account;
    throw new UsageError(
      'No account to send with is given: add --keystore FILE --password-file FILE, --private-key-env NAME, or --unlocked ADDRESS.',
    );
  };
  return {
    client,
    deployment,
    cwd: io.cwd,
    sender: () => present().address,
    wallet: () => walletOf(globals, present()),
    pool: (named) => show(findNamedPool(deployment, named)),
    poolOfCover: (cover) => show(findPoolOfCover(deployment, cover)),
    market: (named) =>
      named !== undefined && isHex(named) && named.length === 66
        ? (named.toLowerCase() as Hex)
        : findNamedMarket(deployment, named).id,
    marketEntry: (named) => findNamedMarket(deployment, named),
    now: async () => (await getBlock(client)).timestamp,
    context: () => (shown ? { asset: shown.asset } : {}),
  };
}

async function readDeployment(globals: GlobalValues, io: Surroundings, chainId: number): Promise<Deployment> {
  const { deployment: named } = globals;
  if (named !== undefined) return parseFinished(await readText(io.cwd, named), named);
  for (const path of defaultManifests(chainId)) {
    const text = await readTextIfPresent(path);
    if (text === undefined) continue;
    const deployment = parseFinished(text, path);
    if (deployment.chainId === chainId) return deployment;
  }
  throw cliError(
    'DeploymentMissing',
    `There is no manifest for chain ${chainId}: deployments/${chainId}.json does not exist, and deployments/local.json is not of this chain.`,
    'Give --deployment FILE or another --rpc, deploy with `breakwater deploy`, or start a local world with `breakwater start`.',
  );
}

/** Where the manifest of a chain is looked for, in order. */
export function defaultManifests(chainId: number): string[] {
  return [`${chainId}.json`, 'local.json'].map((name) => resolve(root, 'deployments', name));
}

function parseFinished(text: string, path: string): Deployment {
  const deployment = parseDeployment(text);
  const { progress } = JSON.parse(text) as { progress?: { finished?: unknown } };
  if (progress && progress.finished !== true) {
    throw cliError(
      'DeploymentUnfinished',
      `The deployment in ${path} was stopped before its end.`,
      'Run the same `breakwater deploy` again: it goes on where it stopped.',
    );
  }
  return deployment;
}

function findNamedPool({ pools, chainId }: Deployment, named: string | undefined): PoolEntry {
  const names = pools.map(({ index, name }) => `${index} (${name})`).join(', ') || 'none';
  const [only, ...others] = pools;
  if (named === undefined) {
    if (only && others.length === 0) return only;
    throw new UsageError(`Option --pool POOL is missing; the deployment has ${names}.`);
  }
  const wanted = named.toLowerCase();
  const found = pools.find(
    (pool) =>
      (isAddress(named, { strict: false }) && pool.address.toLowerCase() === wanted) ||
      String(pool.index) === named ||
      pool.name.toLowerCase() === wanted,
  );
  if (found) return found;
  throw cliError(
    'PoolNotInDeployment',
    `Pool ${named} is not in the deployment of chain ${chainId}, which has ${names}.`,
    'Give one of these, by number, name or address.',
  );
}

function findNamedMarket({ markets, chainId }: Deployment, named: string | undefined): MarketEntry {
  const names = markets.map(({ name }) => name).join(', ') || 'none';
  const [only, ...others] = markets;
  if (named === undefined) {
    if (only && others.length === 0) return only;
    throw new UsageError(`Option --market MARKET is missing; the deployment has ${names}.`);
  }
  const wanted = named.toLowerCase();
  const found = markets.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  if (found) return found;
  throw cliError(
    'MarketNotInDeployment',
    `Market ${named} is not in the deployment of chain ${chainId}, which has ${names}.`,
    'Give one of these, by name or id.',
  );
}

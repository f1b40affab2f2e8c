/// <reference types="node" />

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Instance } from 'prool';
import {
  type Account,
  type Address,
  type Chain,
  type Client,
  createClient,
  createTestClient,
  defineChain,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  http,
  parseAbi,
  parseAbiParameters,
  type TestClient,
  type Transport,
  zeroHash,
} from 'viem';
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts';
import { sendTransaction, waitForTransactionReceipt } from 'viem/actions';
import type { Artifacts } from '../../src/deploy/artifacts.ts';
import { artifactPaths, parseArtifact, runDeployment } from '../../src/deploy/index.ts';
import type { DeploymentConfig } from '../../src/deploy/types.ts';
import type { Deployment } from '../../src/index.ts';
import { word } from '../world.ts';
import { compileToken } from './token.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = resolve(root, process.env.BREAKWATER_ARTIFACTS ?? 'out');

/** Test files run side by side, each on a chain of its own. */
const port = 20_160 + Number(process.env.VITEST_POOL_ID ?? 0);

export const chain: Chain = defineChain({
  id: 31_338,
  name: 'sdk',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrls: { default: { http: [`http://127.0.0.1:${port}`] } },
});

const mnemonic = 'test test test test test test test test test test test junk';
const accountAt = (addressIndex: number) => mnemonicToAccount(mnemonic, { addressIndex });

export const people = {
  deployer: accountAt(0),
  governor: accountAt(1),
  guardian: accountAt(2),
  curator: accountAt(3),
  underwriter: accountAt(4),
  buyer: accountAt(5),
};

/** Three who sign cards and reports, in ascending order. */
export const signers = [11, 12, 13]
  .map((number) => privateKeyToAccount(word(number)))
  .sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1));

export const tokenTestAbi = parseAbi([
  'function mint(address to, uint256 amount)',
  'function burn(address from, uint256 amount)',
  'function setStrict(bool value)',
]);

const options = { chain, transport: http(), cacheTime: 0, pollingInterval: 10 };
/** What sets the time of the chain. */
export const clock: TestClient<'anvil', Transport, Chain> = createTestClient({ mode: 'anvil', ...options });

export const client: Client<Transport, Chain> = createClient(options);

/** A wallet of one of the people. */
export function walletOf(name: keyof typeof people): Client<Transport, Chain, Account> {
  return createClient({ ...options, account: people[name] });
}

const anvil = Instance.anvil({ binary: join(root, 'scripts/anvil'), chainId: chain.id, port });

export type World = { deployment: Deployment; asset: Address; position: Address };

/** Starts a chain and deploys Breakwater with one pool on it, and markets whose metric is one and the same. */
export async function startWorld({ markets = 1 } = {}): Promise<World> {
  await anvil.start();
  const token = compileToken();
  const asset = await create(token.bytecode);
  const position = await create(token.bytecode);
  await send(
    position,
    encodeFunctionData({ abi: tokenTestAbi, functionName: 'mint', args: [people.buyer.address, 10n ** 12n] }),
  );
  const accounts = signers.map(({ address }) => address);
  const deployment = await runDeployment({
    walletClient: walletOf('deployer'),
    publicClient: client,
    artifacts: readArtifacts(),
    config: {
      chainId: chain.id,
      salt: 'sdk',
      governor: { account: people.governor.address, delay: 3_600 },
      guardian: people.guardian.address,
      feeRecipient: people.governor.address,
      publishers: { accounts, quorum: 2 },
      operators: { accounts, suspendThreshold: 2, attestThreshold: 3 },
      triggerSpread: 300,
      bondFloors: [{ route: 'operatorQuorum', asset, floor: 1_000_000_000n }],
      pools: [pool(asset)],
      markets: Array.from({ length: markets }, (_, i) => market(asset, position, i)),
    },
    save: () => {},
  });
  return { deployment, asset, position };
}

/** Ends the chain. */
export function stopWorld(): Promise<void> {
  return anvil.stop();
}

/** Sends a call that must succeed. */
export async function send(to: Address, data: Hex, name: keyof typeof people = 'deployer'): Promise<void> {
  const hash = await sendTransaction(walletOf(name), { to, data });
  const { status } = await waitForTransactionReceipt(client, { hash });
  if (status !== 'success') throw new Error(`${hash} reverted`);
}

/** Lets time pass, and a block come. */
export async function pass(seconds: number): Promise<void> {
  await clock.increaseTime({ seconds });
  await clock.mine({ blocks: 1 });
}

/** Runs what must all happen in one second: the price of cover moves with time. */
export async function inOneSecond<T>(run: () => Promise<T>): Promise<T> {
  await clock.setBlockTimestampInterval({ interval: 0 });
  try {
    return await run();
  } finally {
    await clock.removeBlockTimestampInterval();
  }
}

/** Sends a call in the name of a contract, which has no key: only a test chain lets that through. */
export async function sendAs(from: Address, to: Address, data: Hex): Promise<void> {
  await clock.impersonateAccount({ address: from });
  await clock.setBalance({ address: from, value: 10n ** 18n });
  const hash = await clock.sendUnsignedTransaction({ from, to, data });
  const { status } = await waitForTransactionReceipt(client, { hash });
  await clock.stopImpersonatingAccount({ address: from });
  if (status !== 'success') throw new Error(`${hash} reverted`);
}

async function create(bytecode: Hex): Promise<Address> {
  const hash = await sendTransaction(walletOf('deployer'), { data: bytecode });
  const { contractAddress } = await waitForTransactionReceipt(client, { hash });
  if (!contractAddress) throw new Error('no contract');
  return contractAddress;
}

function readArtifacts(): Artifacts {
  if (!existsSync(folder))
    throw new Error(`No artifacts in ${folder}: run \`npm run build:contracts\` first.`);
  const entries = Object.entries(artifactPaths).map(([key, path]) => [
    key,
    parseArtifact(JSON.parse(readFileSync(join(folder, path), 'utf8')), path),
  ]);
  return Object.fromEntries(entries);
}

function pool(asset: Address): DeploymentConfig['pools'][number] {
  return {
    asset,
    curator: people.curator.address,
    curatorDelay: 3_600,
    raiseWindowDays: 7,
    exitDelayDays: 7,
    feeBps: 1_000,
    costOfCapitalBps: 1_500,
    gateBps: 8_500,
    minJuniorBps: 2_000,
    gearing: 10,
    name: 'Core',
    symbol: 'CORE',
  };
}

/** A market whose metric is the supply of the position token. */
function market(asset: Address, position: Address, i: number): DeploymentConfig['markets'][number] {
  const supply = {
    target: position,
    callData: encodeFunctionData({ abi: parseAbi(['function totalSupply()']), functionName: 'totalSupply' }),
    word: 0,
    join: 0,
    scale: 10n ** 18n,
  };
  const predicateConfig = encodeAbiParameters(
    parseAbiParameters([
      'Config config',
      'struct Term { address target; bytes callData; uint8 word; uint8 join; uint128 scale; }',
      'struct Config { Term[] numerator; Term[] denominator; uint8 root; uint32 threshold; uint128 unitScale; }',
    ]),
    [{ numerator: [supply], denominator: [], root: 1, threshold: 5_000_000, unitScale: 10n ** 18n }],
  );
  const exposureConfig = encodeAbiParameters(parseAbiParameters('address, uint128, bool'), [
    position,
    10n ** 18n,
    false,
  ]);
  return {
    name: i === 0 ? 'Vault' : `Vault ${i + 1}`,
    pools: ['Core'],
    terms: {
      scope: {
        level: 'contract',
        chainId: BigInt(chain.id),
        protocol: 'Vault',
        contracts: [position],
        poolKey: zeroHash,
        selectors: [],
      },
      asset,
      predicate: 'viewMetric',
      predicateConfig,
      exposure: 'surrenderExposure',
      exposureConfig,
      routes: ['liveTrigger', 'operatorQuorum'],
      groups: [3],
      waitingPeriod: 72 * 3_600,
      raiseWindow: 7 * 86_400,
      claimWindow: 90 * 86_400,
      deductibleBps: 500,
      termsURI: 'ipfs://terms',
      termsHash: word(9 + i),
    },
  };
}

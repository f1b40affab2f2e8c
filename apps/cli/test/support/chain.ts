import { join, resolve } from 'node:path';
import {
  type Deployment,
  groupCardTypedData,
  marketCardTypedData,
  poolCardTypedData,
  publishGroupCard,
  publishMarketCard,
  publishPoolCard,
  recoverSigners,
  sendAction,
} from '@breakwater/sdk';
import type { DeploymentConfig } from '@breakwater/sdk/deploy';
import { Instance } from 'prool';
import {
  type Account,
  type Address,
  type Chain,
  type Client,
  concat,
  createClient,
  createTestClient,
  defineChain,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type HDAccount,
  hashTypedData,
  http,
  pad,
  parseAbi,
  parseAbiParameters,
  type TestClient,
  type Transport,
  zeroHash,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { getBlock, getTransactionCount, sendTransaction, waitForTransactionReceipt } from 'viem/actions';
import { readArtifacts } from '../../src/artifacts.ts';
import { root } from '../../src/files.ts';
import { compileToken } from './token.ts';

/** Test files run side by side, each on a chain of its own. */
const port = 20_344 + Number(process.env.VITEST_POOL_ID ?? 1);

export const rpc = `http://127.0.0.1:${port}`;

export const chain: Chain = defineChain({
  id: 31_345,
  name: 'cli',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrls: { default: { http: [rpc] } },
});

const accountAt = (addressIndex: number) =>
  mnemonicToAccount('test test test test test test test test test test test junk', { addressIndex });

/** Accounts that the node has unlocked. */
export const deployer: HDAccount = accountAt(0);
export const governor: HDAccount = accountAt(1);
export const guardian: HDAccount = accountAt(2);
export const curator: HDAccount = accountAt(3);
export const underwriter: HDAccount = accountAt(4);
const other: Account = accountAt(5);

const options = { chain, transport: http(rpc), cacheTime: 0, pollingInterval: 10 };
export const client: Client<Transport, Chain> = createClient(options);
export const wallet: Client<Transport, Chain, Account> = createClient({ ...options, account: deployer });
export const anvil: TestClient<'anvil', Transport, Chain> = createTestClient({ mode: 'anvil', ...options });

const instance = Instance.anvil({ binary: join(root, 'scripts', 'anvil'), chainId: chain.id, port });

export const artifactFolder = resolve(root, process.env.BREAKWATER_ARTIFACTS ?? 'out-optimized');
export const artifacts = await readArtifacts(artifactFolder, () => {});

/** Starts the chain with a token on it that the underwriter holds. */
export async function startChain(): Promise<Address> {
  await instance.start();
  const hash = await sendTransaction(createClient({ ...options, account: other }), {
    data: concat([compileToken(), pad(underwriter.address)]),
  });
  const { contractAddress } = await waitForTransactionReceipt(client, { hash });
  if (!contractAddress) throw new Error('no token');
  return getAddress(contractAddress);
}

/** Ends the chain. */
export function stopChain(): Promise<void> {
  return instance.stop();
}

/** Publishes cards with which the market of a deployment is sold for twenty days. */
export async function publishCards(deployment: Deployment): Promise<void> {
  const [pool] = deployment.pools;
  const [market] = deployment.markets;
  if (!pool || !market) throw new Error('a pool and a market');
  const { timestamp } = await getBlock(client);
  const lasting = { validUntil: timestamp + 20n * 86_400n, nonce: 1 };
  const risk = {
    el: 1_000_000,
    v: 100_000,
    w: [5_000, 0, 0, 0],
    maxShare: 2_500,
    maxCover: 10_000_000n,
  } as const;
  const cards = {
    market: { market: market.id, ...risk, ...lasting },
    group: { group: 3, s: 100_000, cap: 30_000, ...lasting },
    pool: { pool: pool.address, z: 50_000, elSenior: 20, ...lasting },
  };
  const hashes = [
    hashTypedData(marketCardTypedData(deployment, cards.market)),
    hashTypedData(groupCardTypedData(deployment, cards.group)),
    hashTypedData(poolCardTypedData(deployment, cards.pool)),
  ];
  const [ofMarket = [], ofGroup = [], ofPool = []] = await Promise.all(
    hashes.map(async (hash) =>
      recoverSigners(hash, await Promise.all([guardian, curator].map((signer) => signer.sign({ hash })))),
    ),
  );
  for (const action of [
    publishMarketCard({ deployment, card: cards.market, signatures: ofMarket }),
    publishGroupCard({ deployment, card: cards.group, signatures: ofGroup }),
    publishPoolCard({ deployment, card: cards.pool, signatures: ofPool }),
  ]) {
    await sendAction(wallet, client, action);
  }
}

/** Transactions that the deployer has sent and that are mined. */
export function sentCount(): Promise<number> {
  return getTransactionCount(client, { address: deployer.address, blockTag: 'latest' });
}

/** A deployment with one pool, and one market on the supply of the token. */
export function configFor(asset: Address, salt = ''): DeploymentConfig {
  const accounts = [guardian, curator, underwriter]
    .map(({ address }) => address)
    .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  return {
    chainId: chain.id,
    salt,
    governor: { account: governor.address, delay: 86_400 },
    guardian: guardian.address,
    feeRecipient: governor.address,
    publishers: { accounts, quorum: 2 },
    operators: { accounts, suspendThreshold: 2, attestThreshold: 3 },
    triggerSpread: 300,
    bondFloors: [{ route: 'operatorQuorum', asset, floor: 1_000_000_000n }],
    pools: [poolOf(asset, 'Core')],
    markets: [marketOf(asset, 'Vault')],
  };
}

export function poolOf(asset: Address, name: string): DeploymentConfig['pools'][number] {
  return {
    asset,
    curator: curator.address,
    curatorDelay: 3_600,
    raiseWindowDays: 7,
    exitDelayDays: 7,
    feeBps: 1_000,
    costOfCapitalBps: 1_500,
    gateBps: 8_500,
    minJuniorBps: 2_000,
    gearing: 10,
    name,
    symbol: name.toUpperCase(),
  };
}

export function marketOf(asset: Address, name: string): DeploymentConfig['markets'][number] {
  const supply = {
    target: asset,
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
  return {
    name,
    pools: ['Core'],
    terms: {
      scope: {
        level: 'contract',
        chainId: BigInt(chain.id),
        protocol: name,
        contracts: [asset],
        poolKey: zeroHash,
        selectors: [],
      },
      asset,
      predicate: 'viewMetric',
      predicateConfig,
      exposure: 'surrenderExposure',
      exposureConfig: encodeAbiParameters(parseAbiParameters('address, uint128, bool'), [
        asset,
        10n ** 18n,
        false,
      ]),
      routes: ['liveTrigger', 'operatorQuorum'],
      groups: [3],
      waitingPeriod: 86_400,
      raiseWindow: 7 * 86_400,
      claimWindow: 30 * 86_400,
      deductibleBps: 500,
      termsURI: 'ipfs://terms',
      termsHash: `0x${'11'.repeat(32)}`,
    },
  };
}

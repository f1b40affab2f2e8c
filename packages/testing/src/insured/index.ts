import type { Address, TransactionReceipt } from 'viem';
import { erc20Abi } from 'viem';
import { readContract } from 'viem/actions';
import { deployAmm } from './amm.ts';
import { deployBridge } from './bridge.ts';
import type { Deployer } from './chain.ts';
import { deploy, runBatched } from './chain.ts';
import { compileOwn } from './compile.ts';
import { deployLending } from './lending.ts';
import type { InsuredKind, InsuredProtocol, Setup } from './types.ts';
import { deployVault } from './vault.ts';

export type { Call, Deployer, LocalClient, Sender } from './chain.ts';
export type {
  ExploitableKind,
  ExploitOptions,
  ExploitResult,
  ExploitTarget,
  Observation,
  PreparedExploit,
} from './exploit.ts';
export { exploit, prepareExploit } from './exploit.ts';
export type { Metric, MetricPart, MetricTerm } from './metric.ts';
export { readMetric, severity } from './metric.ts';
export type { InsuredKind, InsuredProtocol } from './types.ts';
export { insuredKinds } from './types.ts';

/** Gives an account some of the asset: a mint of the local stablecoin, or a transfer. */
export type MintAsset = (to: Address, amount: bigint) => Promise<unknown>;

/** What `deployInsured` needs. */
export type InsuredOptions = Deployer & {
  /** The stable asset: quoted in the pair, lent, bridged and deposited. */
  asset: Address;
  mintAsset: MintAsset;
  /** First liquidity of each protocol, in the asset's smallest unit; 100,000 units by default. */
  liquidity?: bigint;
};

/** The four insured protocols and what seeds them. */
export type InsuredWorld = Deployer & {
  asset: Address;
  mintAsset: MintAsset;
  /** The `CallBatch` that opens positions; it holds the first liquidity's position tokens. */
  seeder: Address;
  protocols: Record<InsuredKind, InsuredProtocol>;
};

/** A position to open: who gets it, and what it is worth in the asset. */
export type Position = { holder: Address; amount: bigint };

/** Deploys the four protocols, unmodified, around one stable asset. */
export async function deployInsured(options: InsuredOptions): Promise<InsuredWorld> {
  const { client, deployer, asset, mintAsset } = options;
  const assetDecimals = await readContract(client, {
    address: asset,
    abi: erc20Abi,
    functionName: 'decimals',
  });
  const liquidity = options.liquidity ?? 100_000n * 10n ** BigInt(assetDecimals);
  const seeder = await deploy(options, compileOwn('CallBatch'));
  await mintAsset(seeder, liquidity * 4n);
  const setup: Setup = { client, deployer, asset, assetDecimals, seeder, liquidity };
  const protocols = {
    amm: await deployAmm(setup),
    bridge: await deployBridge(setup),
    lending: await deployLending(setup),
    vault: await deployVault(setup),
  };
  return { client, deployer, asset, mintAsset, seeder, protocols };
}

/**
 * Opens real positions through the protocol's own functions, 100 in a transaction.
 *
 * @returns the receipts of the transactions
 */
export async function seedPositions(
  world: InsuredWorld,
  kind: InsuredKind,
  positions: readonly Position[],
): Promise<TransactionReceipt[]> {
  const { open, cost } = world.protocols[kind];
  const total = positions.reduce((sum, { amount }) => sum + cost(amount), 0n);
  await world.mintAsset(world.seeder, total);
  const groups = positions.map(({ holder, amount }) => open(holder, amount));
  return runBatched(world, world.seeder, groups);
}

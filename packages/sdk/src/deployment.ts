import { type Address, type Hex, isAddressEqual } from 'viem';
import { deepFreeze } from './action.ts';
import type { MarketId, MarketTerms } from './codec/marketTerms.ts';
import { inputError } from './errors/BreakwaterError.ts';
import { checkAddress } from './validate.ts';

/** Contracts of a deployment, each once a chain. */
export type DeploymentAddresses = {
  readonly accessManager: Address;
  readonly registry: Address;
  readonly oracle: Address;
  readonly board: Address;
  readonly factory: Address;
  readonly coverToken: Address;
  readonly router: Address;
  readonly lens: Address;
  readonly liveTrigger: Address;
  readonly operatorQuorum: Address;
  readonly surrenderExposure: Address;
  readonly viewMetric: Address;
};

/** An ERC-20 token as screens need it. */
export type AssetEntry = {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
};

/** A pool and its two vaults. */
export type PoolEntry = {
  /** Number in the factory, from 1; the high bits of its covers' numbers. */
  readonly index: bigint;
  readonly name: string;
  readonly address: Address;
  readonly junior: Address;
  readonly senior: Address;
  readonly asset: AssetEntry;
  /** Gate of a permissioned pool. */
  readonly accessGate?: Address;
  /** Block it was created in. */
  readonly block: bigint;
};

/** A market with its terms, whose hash is its id. */
export type MarketEntry = {
  readonly id: MarketId;
  /** Name for people. */
  readonly name: string;
  readonly terms: MarketTerms;
};

/** Breakwater on one chain: what `deployments/<chainId>.json` holds. */
export type Deployment = {
  readonly chainId: number;
  /** First block with a contract of the deployment: where logs start. */
  readonly block: bigint;
  readonly addresses: DeploymentAddresses;
  readonly pools: readonly PoolEntry[];
  readonly markets: readonly MarketEntry[];
};

/** A pool by its address in the manifest, or as an entry of its own. */
export type PoolReference = Address | PoolEntry;

/**
 * The entry of a pool.
 * @throws PoolNotInDeployment when an address is given that the manifest does not list
 */
export function findPool(deployment: Deployment, pool: PoolReference): PoolEntry {
  if (typeof pool !== 'string') return pool;
  const address = checkAddress('pool', pool);
  const entry = deployment.pools.find((candidate) => isAddressEqual(candidate.address, address));
  if (!entry) throw inputError('PoolNotInDeployment', { pool, chainId: deployment.chainId });
  return entry;
}

/**
 * The entry of the pool that sold a cover.
 * @throws PoolNotInDeployment when the manifest does not list it
 */
export function findPoolOfCover(deployment: Deployment, cover: bigint): PoolEntry {
  const index = cover >> 64n;
  const entry = deployment.pools.find((candidate) => candidate.index === index);
  if (!entry)
    throw inputError('PoolNotInDeployment', { pool: `number ${index}`, chainId: deployment.chainId });
  return entry;
}

/**
 * The entry of a market.
 * @throws MarketNotInDeployment when the manifest does not list it
 */
export function findMarket(deployment: Deployment, market: Hex): MarketEntry {
  const entry = deployment.markets.find((candidate) => candidate.id === market.toLowerCase());
  if (!entry) throw inputError('MarketNotInDeployment', { market, chainId: deployment.chainId });
  return entry;
}

/** A deployment with pools (or newer entries of pools) and markets added. */
export function extendDeployment(
  deployment: Deployment,
  added: { pools?: readonly PoolEntry[]; markets?: readonly MarketEntry[] },
): Deployment {
  const pools = new Map(deployment.pools.map((pool) => [pool.index, pool]));
  for (const pool of added.pools ?? []) pools.set(pool.index, pool);
  const markets = new Map(deployment.markets.map((market) => [market.id, market]));
  for (const market of added.markets ?? []) markets.set(market.id, market);
  return deepFreeze({ ...deployment, pools: [...pools.values()], markets: [...markets.values()] });
}

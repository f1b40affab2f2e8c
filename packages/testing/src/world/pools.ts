import type { PoolConfig } from '@breakwater/sdk/deploy';
import type { Address } from 'viem';
import { people } from './accounts.ts';

/** Names of the two pools, in the order of their creation. */
export const poolNames = ['Harbour', 'Reef'] as const;

/** One of the pools. */
export type PoolName = (typeof poolNames)[number];

/** Capital of a pool by tranche, asset units. */
export type PoolCapital = { readonly junior: bigint; readonly senior: bigint };

/** Two open pools of one asset, with everything at its default. */
export function poolConfigs(asset: Address): PoolConfig[] {
  return poolNames.map((name) => ({
    asset,
    curator: people.curator.address,
    curatorDelay: 0,
    raiseWindowDays: 7,
    exitDelayDays: 7,
    feeBps: 1_000,
    costOfCapitalBps: 1_500,
    gateBps: 8_500,
    minJuniorBps: 2_000,
    gearing: 10,
    name,
    symbol: name.toUpperCase().slice(0, 4),
  }));
}

/**
 * Capital that makes both cases of a loss happen. Harbour is well covered: the junior tranche bears it all. Reef has
 * sold as much of one market as a card may allow, with a junior tranche at its least: the loss goes through to senior.
 * @param cover cover that the pool will have sold on the market that is robbed
 */
export function capitalOf(name: PoolName, cover: bigint): PoolCapital {
  return name === 'Harbour'
    ? { junior: 2n * cover, senior: 4n * cover }
    : { junior: (92n * cover) / 100n, senior: (353n * cover) / 100n };
}

import { type Address, formatUnits, isAddressEqual, zeroAddress } from 'viem';
import {
  type Deployment,
  findPool,
  findPoolOfCover,
  type PoolEntry,
  type PoolReference,
} from '../deployment.ts';
import type { ApprovalRequirement, AuthorityRequirement, BalanceRequirement } from '../requirements/types.ts';
import { checkAddress } from '../validate.ts';

/** What every builder needs: where the contracts are. */
export type OnDeployment = { deployment: Deployment };

/** For builders that act on a pool. */
export type OnPool = OnDeployment & {
  /** Address of a pool in the manifest, or an entry of its own. */
  pool: PoolReference;
};

/** For builders that act on a cover. */
export type OnCover = OnDeployment & {
  /** Number of the cover, which is that of its token. */
  cover: bigint;
  /** Pool that sold it; by default the one in the manifest with the number in the cover's high bits. */
  pool?: PoolReference | undefined;
};

/** The tranche of a pool. */
export type TrancheName = 'junior' | 'senior';

/** The pool that an action on a cover is sent to. */
export function poolOf({ deployment, cover, pool }: OnCover): PoolEntry {
  return pool === undefined ? findPoolOfCover(deployment, cover) : findPool(deployment, pool);
}

/** The vault of a tranche. */
export function vaultOf(pool: PoolEntry, tranche: TrancheName): Address {
  return tranche === 'senior' ? pool.senior : pool.junior;
}

/** An amount of a pool's asset for people. */
export function amountText(pool: PoolEntry, amount: bigint): string {
  return `${formatUnits(amount, pool.asset.decimals)} ${pool.asset.symbol}`;
}

/** A cover's number for people. */
export function coverText(cover: bigint): string {
  return `cover ${cover >> 64n}-${cover & 0xffff_ffff_ffff_ffffn}`;
}

/** An account that may be left out. */
export function optionalAddress(field: string, value: Address | undefined): Address {
  return value === undefined || isAddressEqual(value, zeroAddress) ? zeroAddress : checkAddress(field, value);
}

/** Allowance of a pool's asset. */
export function approvalOf(pool: PoolEntry, spender: Address, amount: bigint): ApprovalRequirement {
  return { type: 'approval', token: pool.asset.address, spender, amount };
}

/** Balance of a pool's asset. */
export function balanceOf(pool: PoolEntry, amount: bigint): BalanceRequirement {
  return { type: 'balance', token: pool.asset.address, amount };
}

/** Leave of the access manager for a call. */
export function authorityFor(
  deployment: Deployment,
  target: Address,
  data: `0x${string}`,
): AuthorityRequirement {
  return { type: 'authority', manager: deployment.addresses.accessManager, target, data };
}

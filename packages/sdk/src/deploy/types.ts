import type { Address, Hex } from 'viem';
import type { Transaction } from '../action.ts';
import type { PoolSettings } from '../actions/createPool.ts';
import type { Deployment } from '../deployment.ts';
import type { TermsWith } from '../parseTerms.ts';
import type { ContractKey } from './artifacts.ts';

/** Contracts of the same deployment that terms may name instead of giving their address. */
export type ModuleName = 'liveTrigger' | 'operatorQuorum' | 'surrenderExposure' | 'viewMetric';

/** An account and how long its calls must be announced before they act, seconds. */
export type DelayedRole = { readonly account: Address; readonly delay: number };

/** A pool to create. Its name is unique within the configuration. */
export type PoolConfig = PoolSettings & {
  /** Seconds that the curator's calls must be announced before they act. */
  readonly curatorDelay: number;
};

/** A market to register, and the pools that sell cover on it. */
export type MarketConfig = {
  readonly name: string;
  readonly terms: TermsWith<Address | ModuleName>;
  /** Names of pools of the configuration. */
  readonly pools: readonly string[];
};

/** Least bond with which a route opens an incident of a market of an asset. */
export type BondFloor = {
  readonly route: Address | ModuleName;
  readonly asset: Address;
  readonly floor: bigint;
};

/** What a deployment shall be. */
export type DeploymentConfig = {
  readonly chainId: number;
  /** Sets apart deployments of one account that are otherwise equal; any text. */
  readonly salt: string;
  /** Administers roles, sets routes, bonds, publishers and operators, closes markets. */
  readonly governor: DelayedRole;
  /** Stops sales for a limited time and cancels announced calls, without delay. */
  readonly guardian: Address;
  /** Receives the protocol's part of the fees. */
  readonly feeRecipient: Address;
  /** Who signs risk cards; ascending. */
  readonly publishers: { readonly accounts: readonly Address[]; readonly quorum: number };
  /** Who signs reports; ascending. */
  readonly operators: {
    readonly accounts: readonly Address[];
    readonly suspendThreshold: number;
    readonly attestThreshold: number;
  };
  /** Blocks from the first to the last sample of the live trigger. */
  readonly triggerSpread: number;
  readonly bondFloors: readonly BondFloor[];
  readonly pools: readonly PoolConfig[];
  readonly markets: readonly MarketConfig[];
};

type StepParts = {
  /** Unique within the plan. */
  readonly id: string;
  /** What it does, for people. */
  readonly text: string;
  readonly transaction: Transaction;
  /** About how much gas it takes. */
  readonly gas: bigint;
};

/** A call to the access manager with what holds once it was made. */
export type RoleCall = { readonly data: Hex; readonly holds: readonly RoleFact[] };

/** Something the access manager can be asked. */
export type RoleFact =
  | { readonly type: 'function'; readonly target: Address; readonly selector: Hex; readonly role: bigint }
  | { readonly type: 'member'; readonly role: bigint; readonly account: Address; readonly delay: number }
  | { readonly type: 'noMember'; readonly role: bigint; readonly account: Address }
  | { readonly type: 'guardian'; readonly role: bigint; readonly guardian: bigint };

/** A transaction of a deployment. Those that need the deployer to be administrator are marked. */
export type DeployStep =
  | (StepParts & { readonly kind: 'proxy'; readonly address: Address })
  | (StepParts & { readonly kind: 'deployer'; readonly address: Address })
  | (StepParts & {
      readonly kind: 'contract';
      readonly contract: ContractKey;
      readonly address: Address;
      readonly creationCode: Hex;
    })
  | (StepParts & { readonly kind: 'route'; readonly restricted: true; readonly route: Address })
  | (StepParts & {
      readonly kind: 'bondFloor';
      readonly restricted: true;
      readonly route: Address;
      readonly asset: Address;
      readonly floor: bigint;
    })
  | (StepParts & { readonly kind: 'pool'; readonly pool: PoolConfig; readonly address: Address })
  | (StepParts & { readonly kind: 'market'; readonly market: Hex })
  | (StepParts & { readonly kind: 'exposure'; readonly market: Hex })
  | (StepParts & {
      readonly kind: 'attach';
      readonly restricted: true;
      readonly pool: Address;
      readonly market: Hex;
    })
  | (StepParts & {
      readonly kind: 'roles' | 'handover';
      readonly restricted: true;
      readonly facts: readonly RoleFact[];
    });

/** Where a deployment stands, kept in the manifest until it is finished and after. */
export type DeploymentProgress = {
  /** Hash of everything that decides the addresses. */
  readonly digest: Hex;
  readonly deployer: Address;
  readonly finished: boolean;
};

/** A deployment together with how far it got: what `deployments/<chainId>.json` holds. */
export type DeploymentManifest = Deployment & { readonly progress: DeploymentProgress };

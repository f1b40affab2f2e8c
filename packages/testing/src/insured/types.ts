import type { Address } from 'viem';
import type { Call, Deployer, LocalClient } from './chain.ts';
import type { Metric } from './metric.ts';

/** The kinds of insured protocol in the local world. */
export const insuredKinds = ['amm', 'bridge', 'lending', 'vault'] as const;

/** One kind of insured protocol. */
export type InsuredKind = (typeof insuredKinds)[number];

/** A third party's protocol, deployed unmodified, in which holders can have positions. */
export type InsuredProtocol = {
  kind: InsuredKind;
  /** What it is, for people. */
  name: string;
  /** Its contracts by role. */
  contracts: Record<string, Address>;
  /** The contract that a market insures: the one whose failure the metric shows. */
  insured: Address;
  /** The ERC-20 token that is a holder's position, and that a holder can hand over. */
  position: { token: Address; decimals: number };
  /** The value of one share, by view calls. */
  metric: Metric;
  /**
   * Calls, made by the seeder, that give `holder` a position worth about `amount` of the asset
   * through the protocol's own functions. The seeder must hold what `cost` says.
   */
  open(holder: Address, amount: bigint): Call[];
  /** How much of the asset `open` spends. */
  cost(amount: bigint): bigint;
};

/** What deploying one protocol needs. */
export type Setup = Deployer & {
  client: LocalClient;
  /** The stable asset of every protocol here. */
  asset: Address;
  assetDecimals: number;
  /** The `CallBatch` that opens positions. */
  seeder: Address;
  /** The protocol's first liquidity, in the asset; the seeder holds it already. */
  liquidity: bigint;
};

import { type Address, encodeFunctionData } from 'viem';
import { poolFactoryAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { checkAddress, checkSmallUint } from '../validate.ts';
import { type OnDeployment, optionalAddress } from './shared.ts';

/** Settings of a pool. Asset, gate, curator and raise window never change. */
export type PoolSettings = {
  /** ERC-20 asset, neither rebasing nor taking a fee on transfer. */
  asset: Address;
  /** Gate that decides who may deposit and buy; left out, the pool is open. */
  accessGate?: Address | undefined;
  /** Account that may attach markets. */
  curator: Address;
  /** 2 to 30. */
  raiseWindowDays: number;
  /** 3 to 90. */
  exitDelayDays: number;
  /** Fee on premium, basis points, 0 to 2,500. */
  feeBps: number;
  /** Basis points a year, 500 to 5,000. */
  costOfCapitalBps: number;
  /** Sale gate on utilisation, basis points, 5,000 to 9,500. */
  gateBps: number;
  /** Least share of junior capital, basis points, 500 to 10,000. */
  minJuniorBps: number;
  /** Most total cover, multiples of pricing capital, 1 to 20. */
  gearing: number;
  /** Stems of the names and symbols of the tranche shares. */
  name: string;
  symbol: string;
};

export type CreatePoolParameters = OnDeployment & { settings: PoolSettings };

const bounds = {
  raiseWindowDays: [8, 2n],
  exitDelayDays: [8, 3n],
  feeBps: [16, 0n],
  costOfCapitalBps: [16, 500n],
  gateBps: [16, 5_000n],
  minJuniorBps: [16, 500n],
  gearing: [8, 1n],
} as const;

/**
 * Creates a pool with its two vaults; anyone may.
 * @throws AddressInvalid, ValueTooSmall, ValueTooLarge
 */
export function createPool({ deployment, settings }: CreatePoolParameters): Action {
  for (const [name, [bits, min]] of Object.entries(bounds)) {
    checkSmallUint(`settings.${name}`, settings[name as keyof typeof bounds], bits, min);
  }
  const checked = {
    ...settings,
    asset: checkAddress('settings.asset', settings.asset),
    accessGate: optionalAddress('settings.accessGate', settings.accessGate),
    curator: checkAddress('settings.curator', settings.curator),
  };
  return defineAction(deployment, {
    verb: 'createPool',
    text: `Create pool ${settings.name}`,
    to: deployment.addresses.factory,
    data: encodeFunctionData({ abi: poolFactoryAbi, functionName: 'create', args: [checked] }),
  });
}

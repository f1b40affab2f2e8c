import {
  type AssetEntry,
  type Deployment,
  getPoolMarket,
  type MarketEntry,
  predicateAbi,
  tokenAbi,
} from '@breakwater/sdk';
import { type Client, decodeAbiParameters, formatUnits, isAddressEqual, parseAbiParameters } from 'viem';
import { readContract } from 'viem/actions';
import { cliError } from '../errors.ts';

const WAD = 10n ** 18n;

/** What a market's contracts hold, as the chain says it at one block. */
export type InsuredValue = {
  /** Whole units of the asset behind all positions, as the market's predicate values them; undefined if it cannot. */
  readonly positions: number | undefined;
  /** Whole units of the asset that is held by the contracts that the terms list. */
  readonly balances: number;
  /** The larger: what an attacker could take, which makes the hazard. */
  readonly most: number;
  /** The smaller: what is surely insured, which makes the caps. */
  readonly least: number;
};

/**
 * Reads the insured value of a market from its own immutable terms: balances of its asset in the contracts of its scope, and
 * where its loss is proven by surrender, all positions at the value its predicate measures.
 */
export async function readInsuredValue(
  client: Client,
  { terms }: MarketEntry,
  asset: AssetEntry,
  blockNumber: bigint,
): Promise<InsuredValue> {
  const inUnits = (amount: bigint) => Number(formatUnits(amount, asset.decimals));
  const held = await Promise.all(
    terms.scope.contracts.map((contract) =>
      readContract(client, {
        address: terms.asset,
        abi: tokenAbi,
        functionName: 'balanceOf',
        args: [contract],
        blockNumber,
      }),
    ),
  );
  const balances = inUnits(held.reduce((sum, amount) => sum + amount, 0n));
  const worth = await positionsWorth(client, terms, blockNumber);
  const positions = worth === undefined ? undefined : inUnits(worth);
  const known = [balances, ...(positions === undefined ? [] : [positions])].filter((units) => units > 0);
  return {
    positions,
    balances,
    most: Math.max(0, ...known),
    least: known.length === 0 ? 0 : Math.min(...known),
  };
}

/** Worth of all units of the position in the asset; undefined where the terms do not say it. */
async function positionsWorth(
  client: Client,
  { exposure, exposureConfig, predicate, predicateConfig }: MarketEntry['terms'],
  blockNumber: bigint,
): Promise<bigint | undefined> {
  if (BigInt(exposure) === 0n) return undefined;
  const surrender = decodeSurrender(exposureConfig);
  if (!surrender) return undefined;
  const { token, rate, useUnitValue } = surrender;
  const module = { address: predicate, abi: predicateAbi, blockNumber } as const;
  const [supply, [ok, metric]] = await Promise.all([
    readContract(client, { address: token, abi: tokenAbi, functionName: 'totalSupply', blockNumber }),
    readContract(client, { ...module, functionName: 'measure', args: [predicateConfig] }),
  ]);
  if (!useUnitValue) return (supply * rate) / WAD;
  if (!ok) return undefined;
  const args = [predicateConfig, metric] as const;
  const unit = await readContract(client, { ...module, functionName: 'unitValue', args });
  return (((supply * unit) / WAD) * rate) / WAD;
}

function decodeSurrender(config: `0x${string}`) {
  try {
    const [token, rate, useUnitValue] = decodeAbiParameters(
      parseAbiParameters('address, uint128, bool'),
      config,
    );
    return { token, rate, useUnitValue };
  } catch {
    return undefined;
  }
}

/** The asset of a market, known from a pool that is held in it. */
export function assetOf({ pools }: Deployment, { name, terms }: MarketEntry): AssetEntry {
  const pool = pools.find(({ asset }) => isAddressEqual(asset.address, terms.asset));
  if (pool) return pool.asset;
  throw cliError(
    'AssetUnknown',
    `No pool of the deployment is held in the asset of market ${name} (${terms.asset}).`,
    'Publish cards of markets that a pool can sell.',
  );
}

/** How many pools have a market attached. */
export async function countPools(
  client: Client,
  deployment: Deployment,
  market: MarketEntry,
  blockNumber: bigint,
): Promise<number> {
  const sameAsset = deployment.pools.filter(({ asset }) => isAddressEqual(asset.address, market.terms.asset));
  const states = await Promise.all(
    sameAsset.map(({ address: pool }) =>
      getPoolMarket(client, { deployment, pool, market: market.id, blockNumber }),
    ),
  );
  return states.filter(({ attached }) => attached).length;
}

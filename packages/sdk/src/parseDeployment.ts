import { type Address, isAddressEqual, zeroAddress } from 'viem';
import { deepFreeze } from './action.ts';
import { computeMarketId, type MarketTerms } from './codec/marketTerms.ts';
import type { Deployment, DeploymentAddresses, MarketEntry, PoolEntry } from './deployment.ts';
import { address, bigint, bytes, field, integer, invalid, list, type Node, oneOf, string } from './parse.ts';

const contractNames = [
  'accessManager',
  'registry',
  'oracle',
  'board',
  'factory',
  'coverToken',
  'router',
  'lens',
  'liveTrigger',
  'operatorQuorum',
  'surrenderExposure',
  'viewMetric',
] as const satisfies readonly (keyof DeploymentAddresses)[];

/**
 * Reads a manifest (`deployments/<chainId>.json`) and checks every field; the ids of markets are computed anew from
 * their terms. Fields it does not know are ignored.
 * @param json the parsed JSON, or its text
 * @throws DeploymentInvalid which names the place and the problem
 */
export function parseDeployment(json: unknown): Deployment {
  const root: Node = { value: typeof json === 'string' ? parseText(json) : json, path: 'deployment' };
  const pools = list(field(root, 'pools'), readPool);
  const markets = list(field(root, 'markets'), readMarket);
  refuseDuplicates(
    field(root, 'pools'),
    pools.map((pool) => pool.index),
  );
  refuseDuplicates(
    field(root, 'markets'),
    markets.map((market) => market.id),
  );
  return deepFreeze({
    chainId: integer(field(root, 'chainId'), 1, Number.MAX_SAFE_INTEGER),
    block: bigint(field(root, 'block'), 64),
    addresses: readAddresses(field(root, 'addresses')),
    pools,
    markets,
  });
}

/**
 * The text of a manifest, with whole numbers beyond 2^53 as decimal text. Equal deployments give equal text.
 */
export function serializeDeployment(deployment: Deployment): string {
  const plain = (_: string, value: unknown) =>
    typeof value !== 'bigint'
      ? value
      : value <= BigInt(Number.MAX_SAFE_INTEGER)
        ? Number(value)
        : value.toString();
  return `${JSON.stringify(deployment, plain, 2)}\n`;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid({ value: text, path: 'deployment' }, `it is not JSON (${(error as Error).message})`);
  }
}

function readAddresses(node: Node): DeploymentAddresses {
  const entries = contractNames.map((name) => {
    const contract = field(node, name);
    const value = address(contract);
    if (isAddressEqual(value, zeroAddress)) throw invalid(contract, 'it is the zero address');
    return [name, value] as const;
  });
  return Object.fromEntries(entries) as Record<(typeof contractNames)[number], Address>;
}

function readPool(node: Node): PoolEntry {
  const asset = field(node, 'asset');
  const accessGate = field(node, 'accessGate');
  return {
    index: bigint(field(node, 'index'), 192),
    name: string(field(node, 'name')),
    address: address(field(node, 'address')),
    junior: address(field(node, 'junior')),
    senior: address(field(node, 'senior')),
    asset: {
      address: address(field(asset, 'address')),
      symbol: string(field(asset, 'symbol')),
      decimals: integer(field(asset, 'decimals'), 0, 36),
    },
    ...(accessGate.value === undefined ? {} : { accessGate: address(accessGate) }),
    block: bigint(field(node, 'block'), 64),
  };
}

function readMarket(node: Node): MarketEntry {
  const idNode = field(node, 'id');
  const id = bytes(idNode, 32);
  const terms = readTerms(field(node, 'terms'));
  const computed = computeMarketId(terms);
  if (computed !== id) throw invalid(idNode, `it is not the hash of the terms, ${computed}`);
  return { id, name: string(field(node, 'name')), terms };
}

function readTerms(node: Node): MarketTerms {
  const scope = field(node, 'scope');
  const seconds = (name: string) => integer(field(node, name), 0, 2 ** 32 - 1);
  return {
    scope: {
      level: oneOf(field(scope, 'level'), ['protocol', 'contract', 'pool', 'function']),
      chainId: bigint(field(scope, 'chainId'), 64),
      protocol: string(field(scope, 'protocol')),
      contracts: list(field(scope, 'contracts'), address),
      poolKey: bytes(field(scope, 'poolKey'), 32),
      selectors: list(field(scope, 'selectors'), (selector) => bytes(selector, 4)),
    },
    asset: address(field(node, 'asset')),
    predicate: address(field(node, 'predicate')),
    predicateConfig: bytes(field(node, 'predicateConfig')),
    exposure: address(field(node, 'exposure')),
    exposureConfig: bytes(field(node, 'exposureConfig')),
    routes: list(field(node, 'routes'), address),
    groups: list(field(node, 'groups'), (group) => integer(group, 1, 65_535)),
    waitingPeriod: seconds('waitingPeriod'),
    raiseWindow: seconds('raiseWindow'),
    claimWindow: seconds('claimWindow'),
    deductibleBps: integer(field(node, 'deductibleBps'), 0, 10_000),
    termsURI: string(field(node, 'termsURI'), { empty: true }),
    termsHash: bytes(field(node, 'termsHash'), 32),
  };
}

function refuseDuplicates(node: Node, keys: readonly (bigint | string)[]): void {
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw invalid(node, `${twice} is in it twice`);
}

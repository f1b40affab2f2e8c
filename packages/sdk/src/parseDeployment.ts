import type { Address } from 'viem';
import { deepFreeze } from './action.ts';
import { computeMarketId } from './codec/marketTerms.ts';
import type { Deployment, DeploymentAddresses, MarketEntry, PoolEntry } from './deployment.ts';
import {
  account,
  address,
  bigint,
  bytes,
  document,
  field,
  integer,
  invalid,
  list,
  type Node,
  refuseTwice,
  string,
} from './parse.ts';
import { readTerms } from './parseTerms.ts';

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
  const root = document(json, 'deployment');
  const pools = list(field(root, 'pools'), readPool);
  const markets = list(field(root, 'markets'), readMarket);
  refuseTwice(
    field(root, 'pools'),
    pools.map((pool) => pool.index),
  );
  refuseTwice(
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

function readAddresses(node: Node): DeploymentAddresses {
  const entries = contractNames.map((name) => [name, account(field(node, name))] as const);
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
  const terms = readTerms(field(node, 'terms'), address);
  const computed = computeMarketId(terms);
  if (computed !== id) throw invalid(idNode, `it is not the hash of the terms, ${computed}`);
  return { id, name: string(field(node, 'name')), terms };
}

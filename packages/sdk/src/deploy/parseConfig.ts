import { type Address, isAddressEqual } from 'viem';
import { deepFreeze } from '../action.ts';
import type { PoolSettings } from '../actions/createPool.ts';
import { BreakwaterError } from '../errors/BreakwaterError.ts';
import {
  account,
  address,
  bigint,
  document,
  field,
  integer,
  invalid,
  list,
  type Node,
  oneOf,
  refuseTwice,
  string,
} from '../parse.ts';
import { readTerms } from '../parseTerms.ts';
import { deployError } from './errors.ts';
import type {
  BondFloor,
  DelayedRole,
  DeploymentConfig,
  MarketConfig,
  ModuleName,
  PoolConfig,
} from './types.ts';

const modules = [
  'liveTrigger',
  'operatorQuorum',
  'surrenderExposure',
  'viewMetric',
] as const satisfies readonly ModuleName[];

const year = 365 * 86_400;

/**
 * Reads the configuration of a deployment and checks every field.
 * @param json the parsed JSON, or its text
 * @throws ConfigInvalid which names the place and the problem
 */
export function parseDeploymentConfig(json: unknown): DeploymentConfig {
  return parseAs('config', json, readConfig);
}

/**
 * Reads terms of a market in which modules may be named instead of given by address; see `resolveTerms`.
 * @throws ConfigInvalid which names the place and the problem
 */
export function parseMarketTerms(json: unknown): MarketConfig['terms'] {
  return parseAs('terms', json, (root) => readTerms(root, module));
}

/**
 * Reads the settings of a pool.
 * @throws ConfigInvalid which names the place and the problem
 */
export function parsePoolSettings(json: unknown): PoolSettings {
  return parseAs('settings', json, readPoolSettings);
}

function parseAs<T>(path: string, json: unknown, read: (root: Node) => T): T {
  try {
    return read(document(json, path));
  } catch (error) {
    if (!(error instanceof BreakwaterError) || error.name !== 'DeploymentInvalid') throw error;
    throw deployError('ConfigInvalid', error.values, error);
  }
}

function readConfig(root: Node): DeploymentConfig {
  const publishers = field(root, 'publishers');
  const operators = field(root, 'operators');
  const pools = list(field(root, 'pools'), readPool);
  const markets = list(field(root, 'markets'), (node) => readMarket(node, pools));
  const bondFloors = list(field(root, 'bondFloors'), readFloor);
  refuseTwice(
    field(root, 'pools'),
    pools.map(({ name }) => name),
  );
  refuseTwice(
    field(root, 'markets'),
    markets.map(({ name }) => name),
  );
  requireFloors(field(root, 'bondFloors'), bondFloors, markets);
  return deepFreeze({
    chainId: integer(field(root, 'chainId'), 1, Number.MAX_SAFE_INTEGER),
    salt: string(field(root, 'salt'), { empty: true }),
    governor: readRole(field(root, 'governor')),
    guardian: account(field(root, 'guardian')),
    feeRecipient: account(field(root, 'feeRecipient')),
    publishers: {
      accounts: ascending(field(publishers, 'accounts')),
      quorum: integer(field(publishers, 'quorum'), 1, 255),
    },
    operators: {
      accounts: ascending(field(operators, 'accounts')),
      suspendThreshold: integer(field(operators, 'suspendThreshold'), 1, 255),
      attestThreshold: integer(field(operators, 'attestThreshold'), 1, 255),
    },
    triggerSpread: integer(field(root, 'triggerSpread'), 10, 7_200),
    bondFloors,
    pools,
    markets,
  });
}

function readRole(node: Node): DelayedRole {
  return { account: account(field(node, 'account')), delay: integer(field(node, 'delay'), 0, year) };
}

function readFloor(node: Node): BondFloor {
  const floor = bigint(field(node, 'floor'), 96);
  if (floor === 0n) throw invalid(field(node, 'floor'), 'it is zero: suspicions would cost nothing');
  return { route: module(field(node, 'route')), asset: account(field(node, 'asset')), floor };
}

function readPool(node: Node): PoolConfig {
  return { ...readPoolSettings(node), curatorDelay: integer(field(node, 'curatorDelay'), 0, year) };
}

function readPoolSettings(node: Node): PoolSettings {
  const accessGate = field(node, 'accessGate');
  const setting = (name: string, min: number, max: number) => integer(field(node, name), min, max);
  return {
    asset: account(field(node, 'asset')),
    ...(accessGate.value === undefined ? {} : { accessGate: account(accessGate) }),
    curator: account(field(node, 'curator')),
    raiseWindowDays: setting('raiseWindowDays', 2, 30),
    exitDelayDays: setting('exitDelayDays', 3, 90),
    feeBps: setting('feeBps', 0, 2_500),
    costOfCapitalBps: setting('costOfCapitalBps', 500, 5_000),
    gateBps: setting('gateBps', 5_000, 9_500),
    minJuniorBps: setting('minJuniorBps', 500, 10_000),
    gearing: setting('gearing', 1, 20),
    name: string(field(node, 'name')),
    symbol: string(field(node, 'symbol')),
  };
}

function readMarket(node: Node, pools: readonly PoolConfig[]): MarketConfig {
  const soldBy = list(field(node, 'pools'), (entry) =>
    oneOf(
      entry,
      pools.map(({ name }) => name),
    ),
  );
  return { name: string(field(node, 'name')), terms: readTerms(field(node, 'terms'), module), pools: soldBy };
}

/** The name of a contract of the deployment, or an address. */
function module(node: Node): Address | ModuleName {
  return modules.find((name) => name === node.value) ?? readModuleAddress(node);
}

function readModuleAddress(node: Node): Address {
  const isText = typeof node.value === 'string';
  if (isText && !node.value.startsWith('0x')) {
    throw invalid(node, `it is neither an address nor one of ${modules.join(', ')}`);
  }
  return address(node);
}

function ascending(node: Node): Address[] {
  const accounts = list(node, account);
  const wrong = accounts.findIndex((entry, i) => i > 0 && BigInt(entry) <= BigInt(accounts[i - 1] ?? '0x0'));
  if (wrong !== -1) throw invalid(node, `entry ${wrong} is not after the one before it: sort them ascending`);
  if (accounts.length === 0) throw invalid(node, 'it is empty');
  return accounts;
}

/** Operators open no incident in an asset without a least bond. */
function requireFloors(node: Node, floors: readonly BondFloor[], markets: readonly MarketConfig[]): void {
  for (const { name, terms } of markets) {
    if (!terms.routes.includes('operatorQuorum')) continue;
    const known = floors.some(
      ({ route, asset }) => route === 'operatorQuorum' && isAddressEqual(asset, terms.asset),
    );
    if (!known)
      throw invalid(node, `it has none of operatorQuorum in ${terms.asset}, as market ${name} needs`);
  }
}

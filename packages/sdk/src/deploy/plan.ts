import { type Address, encodeFunctionData, type Hex, isAddress, parseAbi, size, zeroAddress } from 'viem';
import {
  incidentBoardAbi,
  marketRegistryAbi,
  poolAbi,
  poolFactoryAbi,
  surrenderExposureAbi,
} from '../abi/index.ts';
import { deepFreeze } from '../action.ts';
import { computeMarketId, type MarketTerms, toEncodedTerms } from '../codec/marketTerms.ts';
import type { DeploymentAddresses } from '../deployment.ts';
import { deploymentProxy, poolAddress, proxyCalldata } from './addresses.ts';
import { type Artifacts, contractKeys, contracts } from './artifacts.ts';
import { type ContractAddresses, type ContractPlan, contractSalt, planContracts } from './contracts.ts';
import { type CuratedPool, encodeRoleCalls, factsOf, handoverCalls, roleCalls } from './roles.ts';
import type {
  DeploymentConfig,
  DeployStep,
  MarketConfig,
  ModuleName,
  PoolConfig,
  RoleCall,
} from './types.ts';

const deployerAbi = parseAbi(['function deploy(bytes32 salt, bytes creationCode) returns (address)']);

/** Everything a deployment will do, in order. */
export type DeploymentPlan = {
  /** Decides every address: equal digests are the same deployment. */
  readonly digest: Hex;
  readonly addresses: DeploymentAddresses;
  /** Addresses of all contracts, also those nobody calls directly. */
  readonly contracts: ContractAddresses;
  readonly markets: readonly { readonly name: string; readonly id: Hex; readonly terms: MarketTerms }[];
  readonly steps: readonly DeployStep[];
};

/** Number of a pool in the factory, by the pool's name, where it is known. */
export type PoolNumbers = Readonly<Record<string, bigint>>;

/**
 * Works out a deployment: what is sent, in order, and the address of everything. Reads nothing and sends nothing.
 * @param parameters.deployer account that will send it; addresses depend on it
 * @param parameters.pools numbers of pools that exist; the others get the next ones, which hold as long as nobody else
 * creates a pool in between
 * @throws ArtifactInvalid, ConfigInvalid, ValueTooSmall and the like
 */
export function planDeployment(parameters: {
  config: DeploymentConfig;
  artifacts: Artifacts;
  deployer: Address;
  pools?: PoolNumbers | undefined;
}): DeploymentPlan {
  const { config, artifacts, deployer } = parameters;
  const plan = planContracts(config, artifacts, deployer);
  const pools = numberPools(config.pools, plan.addresses, parameters.pools);
  const markets = config.markets.map(({ name, terms, pools: soldBy }) => {
    const resolved = resolveTerms(terms, plan.addresses);
    return { name, id: computeMarketId(resolved), terms: resolved, soldBy };
  });
  return deepFreeze({
    digest: plan.digest,
    addresses: publicAddresses(plan.addresses),
    contracts: plan.addresses,
    markets: markets.map(({ name, id, terms }) => ({ name, id, terms })),
    steps: [
      ...contractSteps(plan, artifacts),
      ...boardSteps(config, plan.addresses),
      ...pools.map((pool, i) => poolStep(pool.address, config.pools[i] as PoolConfig, plan.addresses)),
      ...markets.flatMap((market) => marketSteps(market, plan.addresses, pools)),
      roleStep('roles', 'Set who may call what', plan, roleCalls(config, plan.addresses, pools)),
      roleStep('handover', 'Hand administration over to the governor', plan, handoverCalls(config, deployer)),
    ],
  });
}

function numberPools(
  pools: readonly PoolConfig[],
  { factory }: ContractAddresses,
  known: PoolNumbers = {},
): CuratedPool[] {
  let last = Object.values(known).reduce((max, index) => (index > max ? index : max), 0n);
  return pools.map(({ name, curator, curatorDelay }) => {
    const index = known[name] ?? ++last;
    return { index, name, address: poolAddress(factory, index), curator, curatorDelay };
  });
}

type ModuleAddresses = Readonly<Record<ModuleName, Address>>;

/** Terms with the addresses of the modules they name. */
export function resolveTerms(terms: MarketConfig['terms'], addresses: ModuleAddresses): MarketTerms {
  return {
    ...terms,
    predicate: resolve(terms.predicate, addresses),
    exposure: resolve(terms.exposure, addresses),
    routes: terms.routes.map((route) => resolve(route, addresses)),
  };
}

function resolve(module: Address | ModuleName, addresses: ModuleAddresses): Address {
  return isAddress(module) ? module : addresses[module as ModuleName];
}

function publicAddresses(at: ContractAddresses): DeploymentAddresses {
  return {
    accessManager: at.authority,
    registry: at.registry,
    oracle: at.oracle,
    board: at.board,
    factory: at.factory,
    coverToken: at.coverToken,
    router: at.router,
    lens: at.lens,
    liveTrigger: at.liveTrigger,
    operatorQuorum: at.operatorQuorum,
    surrenderExposure: at.surrenderExposure,
    viewMetric: at.viewMetric,
  };
}

function contractSteps(plan: ContractPlan, artifacts: Artifacts): DeployStep[] {
  const tool = artifacts.deployer.bytecode;
  return [
    {
      kind: 'proxy',
      id: 'proxy',
      text: 'Pay for the deterministic deployment proxy and send its transaction',
      address: deploymentProxy.address,
      transaction: { to: deploymentProxy.signer, data: '0x', value: deploymentProxy.funds },
      gas: 21_000n,
    },
    {
      kind: 'deployer',
      id: 'deployer',
      text: 'Deploy Deployer',
      address: plan.deployer,
      transaction: { to: deploymentProxy.address, data: proxyCalldata(tool), value: 0n },
      gas: deploymentGas(tool),
    },
    ...contractKeys.map((contract): DeployStep => {
      const creationCode = plan.creationCode[contract];
      const args = [contractSalt(plan.digest, contract), creationCode] as const;
      return {
        kind: 'contract',
        id: `contract:${contract}`,
        text: `Deploy ${contracts[contract]}`,
        contract,
        address: plan.addresses[contract],
        creationCode,
        transaction: {
          to: plan.deployer,
          data: encodeFunctionData({ abi: deployerAbi, functionName: 'deploy', args }),
          value: 0n,
        },
        gas: deploymentGas(creationCode) + 60_000n,
      };
    }),
  ];
}

/** Gas of a deployment: transaction, calldata (nearly no zeros), 200 a byte of code, and some for the constructor. */
function deploymentGas(creationCode: Hex): bigint {
  return 100_000n + 215n * BigInt(size(creationCode));
}

function boardSteps({ bondFloors }: DeploymentConfig, addresses: ContractAddresses): DeployStep[] {
  const to = addresses.board;
  // Operators vouch with a bond; the live trigger is code alone and has none.
  const kinds = [
    { name: 'liveTrigger', bonded: false },
    { name: 'operatorQuorum', bonded: true },
  ] as const;
  const routes = kinds.map(({ name, bonded }): DeployStep => {
    const route = addresses[name];
    const args = [route, bonded] as const;
    const data = encodeFunctionData({ abi: incidentBoardAbi, functionName: 'enableRoute', args });
    return {
      kind: 'route',
      id: `route:${name}`,
      text: `Let ${contracts[name]} submit incidents`,
      restricted: true,
      route,
      transaction: { to, data, value: 0n },
      gas: 110_000n,
    };
  });
  const floors = bondFloors.map(({ route: named, asset, floor }): DeployStep => {
    const route = resolve(named, addresses);
    const args = [route, asset, floor] as const;
    const data = encodeFunctionData({ abi: incidentBoardAbi, functionName: 'setBondFloor', args });
    return {
      kind: 'bondFloor',
      id: `bondFloor:${named}:${asset}`,
      text: `Set the least bond of ${named} in ${asset}`,
      restricted: true,
      route,
      asset,
      floor,
      transaction: { to, data, value: 0n },
      gas: 65_000n,
    };
  });
  return [...routes, ...floors];
}

function poolStep(address: Address, pool: PoolConfig, { factory }: ContractAddresses): DeployStep {
  const data = encodeFunctionData({
    abi: poolFactoryAbi,
    functionName: 'create',
    args: [poolSettings(pool)],
  });
  return {
    kind: 'pool',
    id: `pool:${pool.name}`,
    text: `Create pool ${pool.name}`,
    pool,
    address,
    transaction: { to: factory, data, value: 0n },
    gas: 7_000_000n,
  };
}

/** Settings of a pool as the factory takes them and its event has them. */
export function poolSettings({ curatorDelay: _, ...settings }: PoolConfig) {
  return { ...settings, accessGate: settings.accessGate ?? zeroAddress };
}

function marketSteps(
  { name, id, terms, soldBy }: { name: string; id: Hex; terms: MarketTerms; soldBy: readonly string[] },
  { registry, surrenderExposure }: ContractAddresses,
  pools: readonly CuratedPool[],
): DeployStep[] {
  const args = [toEncodedTerms(terms)] as const;
  const register = encodeFunctionData({ abi: marketRegistryAbi, functionName: 'register', args });
  const expose = encodeFunctionData({ abi: surrenderExposureAbi, functionName: 'register', args });
  const attach = encodeFunctionData({ abi: poolAbi, functionName: 'attachMarket', args: [id] });
  const steps: DeployStep[] = [
    {
      kind: 'market',
      id: `market:${name}`,
      text: `Register market ${name}`,
      market: id,
      transaction: { to: registry, data: register, value: 0n },
      gas: 250_000n,
    },
  ];
  if (terms.exposure === surrenderExposure) {
    steps.push({
      kind: 'exposure',
      id: `exposure:${name}`,
      text: `Register how losses in market ${name} are proven`,
      market: id,
      transaction: { to: surrenderExposure, data: expose, value: 0n },
      gas: 130_000n,
    });
  }
  for (const pool of pools.filter((candidate) => soldBy.includes(candidate.name))) {
    steps.push({
      kind: 'attach',
      id: `attach:${pool.name}:${name}`,
      text: `Let ${pool.name} sell cover on market ${name}`,
      restricted: true,
      pool: pool.address,
      market: id,
      transaction: { to: pool.address, data: attach, value: 0n },
      gas: 150_000n,
    });
  }
  return steps;
}

function roleStep(
  kind: 'roles' | 'handover',
  text: string,
  { addresses }: ContractPlan,
  calls: readonly RoleCall[],
): DeployStep {
  return {
    kind,
    id: kind,
    text,
    restricted: true,
    facts: factsOf(calls),
    transaction: { to: addresses.authority, data: encodeRoleCalls(calls), value: 0n },
    gas: kind === 'handover' ? 75_000n : 40_000n + 40_000n * BigInt(calls.length),
  };
}

import { type Address, type Client, type Hex, isAddressEqual, zeroAddress } from 'viem';
import { getCode, getContractEvents, readContract } from 'viem/actions';
import {
  incidentBoardAbi,
  marketRegistryAbi,
  poolAbi,
  poolFactoryAbi,
  surrenderExposureAbi,
} from '../abi/index.ts';
import { decodeMarketStatus } from '../codec/marketStatus.ts';
import type { DeploymentAddresses } from '../deployment.ts';
import { poolSettings } from './plan.ts';
import { ADMIN_ROLE, rolesAbi } from './roles.ts';
import type { DeployStep, PoolConfig, RoleFact } from './types.ts';

/** Where a deployment is looked for. */
export type Site = {
  readonly client: Client;
  readonly addresses: DeploymentAddresses;
  /** First block that can hold something of it. */
  readonly block: bigint;
};

type Of<Kind extends DeployStep['kind']> = Extract<DeployStep, { kind: Kind }>;

/** Whether the chain shows that a step was done. Steps of pools are found by `findPoolNumber`. */
export async function isDone(site: Site, step: Exclude<DeployStep, Of<'pool'>>): Promise<boolean> {
  if (step.kind === 'proxy' || step.kind === 'deployer' || step.kind === 'contract') {
    return hasCode(site.client, step.address);
  }
  return (await hasCode(site.client, step.transaction.to)) && checkCall(site, step);
}

async function checkCall(
  { client, addresses, block }: Site,
  step: Exclude<DeployStep, Of<'pool' | 'proxy' | 'deployer' | 'contract'>>,
): Promise<boolean> {
  switch (step.kind) {
    case 'route': {
      const contract = { address: addresses.board, abi: incidentBoardAbi } as const;
      const [enabled] = await readContract(client, {
        ...contract,
        functionName: 'routeState',
        args: [step.route],
      });
      return enabled;
    }
    case 'bondFloor': {
      const events = await getContractEvents(client, {
        address: addresses.board,
        abi: incidentBoardAbi,
        eventName: 'BondFloorSet',
        args: { route: step.route, asset: step.asset },
        fromBlock: block,
        strict: true,
      });
      return events.at(-1)?.args.floor === step.floor;
    }
    case 'market':
      return isRegistered(client, addresses.registry, step.market);
    case 'exposure': {
      const { positionToken } = await readContract(client, {
        address: addresses.surrenderExposure,
        abi: surrenderExposureAbi,
        functionName: 'configOf',
        args: [step.market],
      });
      return !isAddressEqual(positionToken, zeroAddress);
    }
    case 'attach': {
      const contract = { address: step.pool, abi: poolAbi } as const;
      const { attached } = await readContract(client, {
        ...contract,
        functionName: 'marketState',
        args: [step.market],
      });
      return attached;
    }
    case 'roles':
    case 'handover': {
      const held = await Promise.all(step.facts.map((fact) => holds(client, addresses.accessManager, fact)));
      return held.every(Boolean);
    }
  }
}

/** Number of the pool with exactly these settings, the oldest if there are several; undefined if there is none. */
export async function findPoolNumber(
  { client, addresses, block }: Site,
  pool: PoolConfig,
): Promise<{ index: bigint; block: bigint } | undefined> {
  if (!(await hasCode(client, addresses.factory))) return undefined;
  const wanted = comparable(poolSettings(pool));
  const events = await getContractEvents(client, {
    address: addresses.factory,
    abi: poolFactoryAbi,
    eventName: 'PoolCreated',
    fromBlock: block,
    strict: true,
  });
  const found = events.find(({ args }) => comparable(args.settings) === wanted);
  return found && { index: found.args.index, block: found.blockNumber };
}

/** Whether an account may still set the deployment up: it administers the access manager without delay. */
export async function isOpen({ client, addresses }: Site, deployer: Address): Promise<boolean> {
  if (!(await hasCode(client, addresses.accessManager))) return true;
  const fact = { type: 'member', role: ADMIN_ROLE, account: deployer, delay: 0 } as const;
  return holds(client, addresses.accessManager, fact);
}

/** Whether there is code at an address. */
export async function hasCode(client: Client, address: Address): Promise<boolean> {
  const code = await getCode(client, { address });
  return code !== undefined && code !== '0x';
}

async function isRegistered(client: Client, registry: Address, market: Hex): Promise<boolean> {
  const word = await readContract(client, {
    address: registry,
    abi: marketRegistryAbi,
    functionName: 'status',
    args: [market],
  });
  return decodeMarketStatus(word).registered;
}

async function holds(client: Client, manager: Address, fact: RoleFact): Promise<boolean> {
  const contract = { address: manager, abi: rolesAbi } as const;
  switch (fact.type) {
    case 'function': {
      const args = [fact.target, fact.selector] as const;
      const role = await readContract(client, { ...contract, functionName: 'getTargetFunctionRole', args });
      return role === fact.role;
    }
    case 'guardian': {
      const args = [fact.role] as const;
      const guardian = await readContract(client, { ...contract, functionName: 'getRoleGuardian', args });
      return guardian === fact.guardian;
    }
    case 'member':
    case 'noMember': {
      const args = [fact.role, fact.account] as const;
      const [isMember, delay] = await readContract(client, { ...contract, functionName: 'hasRole', args });
      return fact.type === 'member' ? isMember && delay === fact.delay : !isMember;
    }
  }
}

/** Settings as text that is equal when they are: names in order, addresses without case. */
function comparable(settings: object): string {
  return JSON.stringify(
    Object.entries(settings)
      .map(([name, value]) => [name, /^0x/.test(String(value)) ? String(value).toLowerCase() : value])
      .sort(),
  );
}

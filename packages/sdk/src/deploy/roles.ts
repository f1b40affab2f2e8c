import {
  type Address,
  encodeFunctionData,
  type Hex,
  isAddressEqual,
  parseAbi,
  toFunctionSelector,
} from 'viem';
import type { ContractAddresses } from './contracts.ts';
import type { DeploymentConfig, RoleCall, RoleFact } from './types.ts';

/** The part of OpenZeppelin's access manager that a deployment uses. */
export const rolesAbi = parseAbi([
  'function multicall(bytes[] data) returns (bytes[] results)',
  'function labelRole(uint64 roleId, string label)',
  'function grantRole(uint64 roleId, address account, uint32 executionDelay)',
  'function renounceRole(uint64 roleId, address callerConfirmation)',
  'function setRoleGuardian(uint64 roleId, uint64 guardian)',
  'function setTargetFunctionRole(address target, bytes4[] selectors, uint64 roleId)',
  'function hasRole(uint64 roleId, address account) view returns (bool isMember, uint32 executionDelay)',
  'function getRoleGuardian(uint64 roleId) view returns (uint64)',
  'function getTargetFunctionRole(address target, bytes4 selector) view returns (uint64)',
]);

/** Administers roles and everything no other role is for. The governor has it. */
export const ADMIN_ROLE = 0n;
/** Routes, bonds, publishers, operators, closing markets for good. */
export const GOVERNOR_ROLE = 1n;
/** Stops sales for a limited time, cancels announced calls. */
export const GUARDIAN_ROLE = 2n;

/** Role of the curator of one pool: attaches and detaches markets, changes settings, winds down. */
export function curatorRole(poolIndex: bigint): bigint {
  return (1n << 32n) | poolIndex;
}

/** Restricted functions of the shared contracts, by the role they are for. */
export const roleFunctions = [
  {
    role: GOVERNOR_ROLE,
    contract: 'registry',
    functions: ['close(bytes32,uint8)', 'open(bytes32)'],
  },
  {
    role: GOVERNOR_ROLE,
    contract: 'oracle',
    functions: ['setPublishers(address[],uint8)', 'clearAlert(uint16)'],
  },
  {
    role: GOVERNOR_ROLE,
    contract: 'board',
    functions: [
      'enableRoute(address,bool)',
      'retireRoute(address)',
      'setArbiter(address,bool)',
      'setBondFloor(address,address,uint96)',
    ],
  },
  {
    role: GOVERNOR_ROLE,
    contract: 'operatorQuorum',
    functions: ['setOperators(address[],uint8,uint8)', 'withdrawBond(address,uint96,address)'],
  },
  { role: GUARDIAN_ROLE, contract: 'registry', functions: ['closeForAWhile(bytes32,uint8,uint40)'] },
  { role: GUARDIAN_ROLE, contract: 'oracle', functions: ['alertGroup(uint16,uint40)'] },
] as const satisfies readonly {
  role: bigint;
  contract: keyof ContractAddresses;
  functions: readonly string[];
}[];

/** Restricted functions of a pool, for its curator. */
export const curatorFunctions = [
  'attachMarket(bytes32)',
  'detachMarket(bytes32)',
  'setParameter(bytes32,uint256)',
  'startWindDown()',
] as const;

/** A pool that exists, with what its curator may do. */
export type CuratedPool = {
  readonly index: bigint;
  readonly name: string;
  readonly address: Address;
  readonly curator: Address;
  readonly curatorDelay: number;
};

/** Calls that say who may call what. The administrator stays who it is. */
export function roleCalls(
  { governor, guardian }: DeploymentConfig,
  addresses: ContractAddresses,
  pools: readonly CuratedPool[],
): RoleCall[] {
  return [
    label(GOVERNOR_ROLE, 'Governor'),
    label(GUARDIAN_ROLE, 'Guardian'),
    ...roleFunctions.map(({ role, contract, functions }) =>
      functionsFor(role, addresses[contract], functions),
    ),
    watchedBy(GOVERNOR_ROLE, GUARDIAN_ROLE),
    grant(GOVERNOR_ROLE, governor.account, governor.delay),
    grant(GUARDIAN_ROLE, guardian, 0),
    ...pools.flatMap(({ index, name, address, curator, curatorDelay }) => [
      label(curatorRole(index), `Curator of ${name}`),
      functionsFor(curatorRole(index), address, curatorFunctions),
      watchedBy(curatorRole(index), GUARDIAN_ROLE),
      grant(curatorRole(index), curator, curatorDelay),
    ]),
  ];
}

/** Calls that hand administration over to the governor. */
export function handoverCalls({ governor }: DeploymentConfig, deployer: Address): RoleCall[] {
  const granted = grant(ADMIN_ROLE, governor.account, governor.delay);
  if (isAddressEqual(governor.account, deployer)) return [granted];
  const args = [ADMIN_ROLE, deployer] as const;
  const renounced: RoleCall = {
    data: encodeFunctionData({ abi: rolesAbi, functionName: 'renounceRole', args }),
    holds: [{ type: 'noMember', role: ADMIN_ROLE, account: deployer }],
  };
  return [granted, renounced];
}

/** What holds once calls were made. */
export function factsOf(calls: readonly RoleCall[]): RoleFact[] {
  return calls.flatMap(({ holds }) => holds);
}

/** One call that makes several, all or none. */
export function encodeRoleCalls(calls: readonly RoleCall[]): Hex {
  const args = [calls.map(({ data }) => data)] as const;
  return encodeFunctionData({ abi: rolesAbi, functionName: 'multicall', args });
}

function label(role: bigint, text: string): RoleCall {
  const data = encodeFunctionData({ abi: rolesAbi, functionName: 'labelRole', args: [role, text] });
  return { data, holds: [] };
}

function grant(role: bigint, account: Address, delay: number): RoleCall {
  return {
    data: encodeFunctionData({ abi: rolesAbi, functionName: 'grantRole', args: [role, account, delay] }),
    holds: [{ type: 'member', role, account, delay }],
  };
}

function watchedBy(role: bigint, guardian: bigint): RoleCall {
  return {
    data: encodeFunctionData({ abi: rolesAbi, functionName: 'setRoleGuardian', args: [role, guardian] }),
    holds: [{ type: 'guardian', role, guardian }],
  };
}

function functionsFor(role: bigint, target: Address, functions: readonly string[]): RoleCall {
  const selectors = functions.map((signature) => toFunctionSelector(signature));
  const args = [target, selectors, role] as const;
  return {
    data: encodeFunctionData({ abi: rolesAbi, functionName: 'setTargetFunctionRole', args }),
    holds: selectors.map((selector) => ({ type: 'function', target, selector, role })),
  };
}

import type { CodeFacts } from '@breakwater/risk';
import {
  AbiDecodingDataSizeTooSmallError,
  type Address,
  BaseError,
  type Client,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  getAddress,
  type Hex,
  keccak256,
  parseAbi,
  type ReadContractParameters,
  type ReadContractReturnType,
  size,
  slice,
  toBytes,
  toHex,
  zeroAddress,
} from 'viem';
import { getCode, getStorageAt, readContract } from 'viem/actions';

/** Code that an audit's attestation (ERC-7512) is about: a contract, and the hash of the bytecode that was audited. */
export type AuditedCode = { readonly contract: Address; readonly codeHash: Hex };

/** Whoever can exchange the code of a contract. Undefined is unknown. */
type Upgrader = { readonly delayHours: number | undefined; readonly isSingleKey: boolean | undefined };

type Place = { readonly client: Client; readonly blockNumber: bigint };

const abi = parseAbi([
  'function owner() view returns (address)',
  'function implementation() view returns (address)',
  'function getMinDelay() view returns (uint256)',
  'function getThreshold() view returns (uint256)',
]);

/** How a contract fails that does not have a function. */
const noAnswers = [
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  AbiDecodingDataSizeTooSmallError,
] as const;

/** Longest way from a proxy over its administrator to whoever commands that one. */
const MAX_STEPS = 4;

const slots = {
  implementation: erc1967('implementation'),
  beacon: erc1967('beacon'),
  admin: erc1967('admin'),
};

/**
 * Reads from the chain what can be known of the code of a market's contracts: whether it can be exchanged (ERC-1967), by
 * whom and after which notice (the least; an unknown one counts as none), and whether all of it is what was audited. What
 * else cannot be read stays undefined.
 * @param audited what attestations cover; without it nothing is said of audits
 */
export async function readCodeFacts(
  client: Client,
  contracts: readonly Address[],
  { audited, blockNumber }: { audited?: readonly AuditedCode[] | undefined; blockNumber: bigint },
): Promise<CodeFacts> {
  const place = { client, blockNumber };
  const found = await Promise.all(contracts.map((contract) => readContractFacts(place, contract)));
  const upgraders = found.flatMap(({ upgrader }) => (upgrader ? [upgrader] : []));
  const keys = upgraders.map(({ isSingleKey }) => isSingleKey);
  const delays = upgraders.map(({ delayHours }) => delayHours ?? 0);
  return {
    isUpgradeable: upgraders.length > 0,
    upgradeDelayHours: delays.length > 0 ? Math.min(...delays) : undefined,
    hasSingleAdminKey: keys.includes(true)
      ? true
      : keys.includes(undefined) || keys.length === 0
        ? undefined
        : false,
    isAuditMatched: audited && found.every((facts, i) => isAudited(audited, contracts[i], facts.codeHash)),
  };
}

async function readContractFacts(place: Place, contract: Address) {
  const [implementation, beacon] = await Promise.all([
    addressAt(place, contract, slots.implementation),
    addressAt(place, contract, slots.beacon),
  ]);
  const behind = implementation ?? (beacon && (await ask(place, beacon, 'implementation')));
  const codeHash = await codeHashOf(place, behind ?? contract);
  if (!implementation && !beacon) return { codeHash };
  const admin =
    (await addressAt(place, contract, slots.admin)) ?? (await ask(place, beacon ?? contract, 'owner'));
  return { codeHash, upgrader: await upgraderAt(place, admin, MAX_STEPS) };
}

/** Follows owners until an account without code, a time-lock or a multi-signature wallet is reached. */
async function upgraderAt(place: Place, account: Address | undefined, steps: number): Promise<Upgrader> {
  if (!account || steps === 0) return { delayHours: undefined, isSingleKey: undefined };
  const code = await getCode(place.client, { address: account, blockNumber: place.blockNumber });
  if (!code) return { delayHours: 0, isSingleKey: true };
  const delay = await ask(place, account, 'getMinDelay');
  if (delay !== undefined) return { delayHours: Number(delay) / 3_600, isSingleKey: undefined };
  const threshold = await ask(place, account, 'getThreshold');
  if (threshold !== undefined) return { delayHours: 0, isSingleKey: threshold < 2n };
  return upgraderAt(place, await ask(place, account, 'owner'), steps - 1);
}

function isAudited(
  audited: readonly AuditedCode[],
  contract: Address | undefined,
  codeHash: Hex | undefined,
): boolean {
  return audited.some(
    (each) =>
      contract !== undefined &&
      getAddress(each.contract) === getAddress(contract) &&
      each.codeHash === codeHash,
  );
}

async function codeHashOf({ client, blockNumber }: Place, address: Address): Promise<Hex | undefined> {
  const code = await getCode(client, { address, blockNumber });
  return code && keccak256(code);
}

async function addressAt(
  { client, blockNumber }: Place,
  contract: Address,
  slot: Hex,
): Promise<Address | undefined> {
  const word = (await getStorageAt(client, { address: contract, slot, blockNumber })) ?? '0x';
  if (size(word) < 32 || BigInt(word) === 0n) return undefined;
  return getAddress(slice(word, 12));
}

/** @returns undefined where the contract has no such function, or names nobody; trouble with the node is thrown */
async function ask<Name extends (typeof abi)[number]['name']>(
  { client, blockNumber }: Place,
  address: Address,
  functionName: Name,
): Promise<ReadContractReturnType<typeof abi, Name> | undefined> {
  try {
    const answer = await readContract(client, {
      address,
      abi,
      functionName,
      blockNumber,
    } as ReadContractParameters);
    return answer === zeroAddress ? undefined : (answer as ReadContractReturnType<typeof abi, Name>);
  } catch (error) {
    const isNoAnswer = (cause: unknown) => noAnswers.some((kind) => cause instanceof kind);
    if (error instanceof BaseError && error.walk(isNoAnswer)) return undefined;
    throw error;
  }
}

/** Where ERC-1967 puts what a proxy needs. */
function erc1967(name: string): Hex {
  return toHex(BigInt(keccak256(toBytes(`eip1967.proxy.${name}`))) - 1n, { size: 32 });
}

import {
  type Address,
  concat,
  encodeAbiParameters,
  encodeDeployData,
  type Hex,
  keccak256,
  stringToHex,
  zeroAddress,
} from 'viem';
import { decodeError } from '../errors/decode.ts';
import { deployedAddress, deployerAddress } from './addresses.ts';
import { type Artifacts, artifactPaths, type ContractKey, contractKeys } from './artifacts.ts';
import { deployError } from './errors.ts';
import type { DeploymentConfig } from './types.ts';

/** Address of every contract of a deployment. */
export type ContractAddresses = Readonly<Record<ContractKey, Address>>;

/** Where everything goes, and what is put there. */
export type ContractPlan = {
  /** Hash of chain, salt, deployer and all creation code: decides every address. */
  readonly digest: Hex;
  readonly deployer: Address;
  readonly addresses: ContractAddresses;
  readonly creationCode: Readonly<Record<ContractKey, Hex>>;
};

type ConstructorParameters = {
  config: DeploymentConfig;
  at: ContractAddresses;
  /** First administrator of the access manager. */
  admin: Address;
};

const constructors: Readonly<Record<ContractKey, (parameters: ConstructorParameters) => readonly unknown[]>> =
  {
    authority: ({ admin }) => [admin],
    registry: ({ at }) => [at.authority, at.board],
    oracle: ({ at, config: { publishers } }) => [at.authority, publishers.accounts, publishers.quorum],
    board: ({ at }) => [at.authority, at.registry, at.factory],
    poolFourthPart: (parameters) => [poolSystem(parameters)],
    poolThirdPart: (parameters) => [poolSystem(parameters), parameters.at.poolFourthPart],
    poolSecondPart: (parameters) => [poolSystem(parameters), parameters.at.poolThirdPart],
    pool: (parameters) => [poolSystem(parameters), parameters.at.poolSecondPart],
    factory: ({ at }) => [at.pool],
    coverMetadata: () => [],
    coverToken: ({ at }) => [at.factory, at.coverMetadata],
    router: ({ at }) => [at.factory],
    lens: ({ at }) => [at.factory, at.coverToken, at.registry, at.oracle, at.board],
    liveTrigger: ({ at, config }) => [at.board, at.registry, BigInt(config.triggerSpread)],
    operatorQuorum: ({ at, config: { operators } }) => [
      at.authority,
      at.board,
      operators.accounts,
      operators.suspendThreshold,
      operators.attestThreshold,
    ],
    surrenderExposure: ({ at }) => [at.registry, at.factory, at.board, at.coverToken],
    viewMetric: () => [],
  };

function poolSystem({ config, at }: ConstructorParameters) {
  return {
    registry: at.registry,
    oracle: at.oracle,
    board: at.board,
    coverToken: at.coverToken,
    factory: at.factory,
    authority: at.authority,
    feeRecipient: config.feeRecipient,
  };
}

/**
 * Works out where every contract goes. Contracts name each other in their constructors, so addresses cannot follow from
 * code; they follow from a digest of everything that is deployed, in which the contracts' own addresses are left zero.
 * Hence code at one of these addresses is the planned contract, whenever and in whichever order it was put there.
 */
export function planContracts(
  config: DeploymentConfig,
  artifacts: Artifacts,
  account: Address,
): ContractPlan {
  const blank = addressesBy(() => zeroAddress);
  const codes = contractKeys.map((key) =>
    creationCode(artifacts, key, { config, at: blank, admin: account }),
  );
  const digest = keccak256(
    encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'string' }, { type: 'address' }, { type: 'bytes32' }],
      [BigInt(config.chainId), config.salt, account, keccak256(concat(codes.map((code) => keccak256(code))))],
    ),
  );
  const deployer = deployerAddress(artifacts.deployer.bytecode);
  const addresses = addressesBy((key) => deployedAddress(deployer, account, contractSalt(digest, key)));
  const parameters = { config, at: addresses, admin: account };
  return {
    digest,
    deployer,
    addresses,
    creationCode: Object.fromEntries(
      contractKeys.map((key) => [key, creationCode(artifacts, key, parameters)]),
    ) as Record<ContractKey, Hex>,
  };
}

/** Salt under which a contract is deployed. */
export function contractSalt(digest: Hex, key: ContractKey): Hex {
  return keccak256(concat([digest, stringToHex(key)]));
}

function addressesBy(address: (key: ContractKey) => Address): ContractAddresses {
  return Object.fromEntries(contractKeys.map((key) => [key, address(key)])) as Record<ContractKey, Address>;
}

function creationCode(artifacts: Artifacts, key: ContractKey, parameters: ConstructorParameters): Hex {
  const { abi, bytecode } = artifacts[key];
  try {
    return encodeDeployData({ abi, bytecode, args: constructors[key](parameters) });
  } catch (cause) {
    const problem = `its constructor takes other values (${decodeError(cause).message})`;
    throw deployError('ArtifactInvalid', { path: artifactPaths[key], problem }, cause);
  }
}

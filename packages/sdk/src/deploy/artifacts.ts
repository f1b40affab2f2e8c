import { type Abi, type Hex, isHex } from 'viem';
import { deployError } from './errors.ts';

/** Contracts of a deployment, in the order they are deployed, each with the file the compiler puts it in. */
export const contracts = {
  authority: 'Authority',
  registry: 'MarketRegistry',
  oracle: 'RiskOracle',
  board: 'IncidentBoard',
  poolFourthPart: 'PoolFourthPart',
  poolThirdPart: 'PoolThirdPart',
  poolSecondPart: 'PoolSecondPart',
  pool: 'Pool',
  factory: 'PoolFactory',
  coverMetadata: 'CoverMetadata',
  coverToken: 'CoverToken',
  router: 'CoverRouter',
  lens: 'Lens',
  liveTrigger: 'LiveTrigger',
  operatorQuorum: 'OperatorQuorum',
  surrenderExposure: 'SurrenderExposure',
  viewMetric: 'ViewMetric',
} as const;

/** A contract of a deployment by what it is for. */
export type ContractKey = keyof typeof contracts;

/** What the compiler made of a contract. */
export type Artifact = { readonly abi: Abi; readonly bytecode: Hex };

/** Everything that is deployed: the contracts, and the one that deploys them. */
export type Artifacts = Readonly<Record<ContractKey | 'deployer', Artifact>>;

export const contractKeys = Object.keys(contracts) as readonly ContractKey[];

/**
 * Where the compiler puts each artifact, counted from its output folder: `Pool.sol/Pool.json`.
 */
export const artifactPaths: Readonly<Record<keyof Artifacts, string>> = Object.fromEntries(
  Object.entries({ deployer: 'Deployer', ...contracts }).map(([key, name]) => [
    key,
    `${name}.sol/${name}.json`,
  ]),
) as Record<keyof Artifacts, string>;

/**
 * Reads an artifact as forge writes it.
 * @throws ArtifactInvalid when it has no code, or code that needs libraries linked
 */
export function parseArtifact(json: unknown, path: string): Artifact {
  const { abi, bytecode } = (json ?? {}) as { abi?: unknown; bytecode?: { object?: unknown } };
  const object = bytecode?.object;
  if (!Array.isArray(abi) || typeof object !== 'string') {
    throw deployError('ArtifactInvalid', { path, problem: 'it has no ABI or no bytecode' });
  }
  if (!isHex(object, { strict: true }) || object.length <= 2) {
    throw deployError('ArtifactInvalid', {
      path,
      problem: object.includes('__$') ? 'libraries must be linked into it' : 'it has no bytecode',
    });
  }
  return { abi: abi as Abi, bytecode: object };
}

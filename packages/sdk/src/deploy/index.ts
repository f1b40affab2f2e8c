// Deploying: what is sent and in which order, and a run that can be stopped anywhere and gone on with.

export { deployedAddress, deployerAddress, deploymentProxy, poolAddress } from './addresses.ts';
export {
  type Artifact,
  type Artifacts,
  artifactPaths,
  type ContractKey,
  parseArtifact,
} from './artifacts.ts';
export type { DeployErrorName } from './errors.ts';
export { parseManifest } from './manifest.ts';
export { parseDeploymentConfig, parseMarketTerms, parsePoolSettings } from './parseConfig.ts';
export { type DeploymentPlan, type PoolNumbers, planDeployment, resolveTerms } from './plan.ts';
export {
  ADMIN_ROLE,
  curatorFunctions,
  curatorRole,
  GOVERNOR_ROLE,
  GUARDIAN_ROLE,
  roleFunctions,
} from './roles.ts';
export {
  checkDeployment,
  type RunDeploymentParameters,
  runDeployment,
  type StepProgress,
  type StepStatus,
} from './run.ts';
export type * from './types.ts';

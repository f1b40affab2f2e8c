import { BreakwaterError, type ErrorValues } from '../errors/BreakwaterError.ts';
import { explain, type Instruction } from '../errors/explain.ts';

const instructions = {
  ArtifactInvalid: ['The compiled contract {path} cannot be used: {problem}.', 'Build the contracts again.'],
  ConfigInvalid: ['The configuration is wrong at {path}: {problem}.', 'Correct the configuration.'],
  DeployerMissing: [
    'The wallet has no account to deploy with.',
    'Give a keystore, a private key, or an account the node has unlocked.',
  ],
  DeploymentDiffers: [
    'The manifest is of another deployment: other settings, compiled contracts, salt or deployer. It has {recorded}, this is {planned}.',
    'Go on with what it was started with, or write the new deployment to another manifest.',
  ],
  DeploymentProxyMissing: [
    'The chain has no deterministic deployment proxy at {address}, and it does not take the transaction that makes it: {reason}.',
    'Have the proxy deployed on this chain, as its documentation says.',
  ],
  ConstructorFailed: ['{contract} cannot be deployed: {reason}', '{instruction}'],
  StepFailed: [
    'Step "{step}" was mined as {hash} and did not do what it should.',
    'Look the transaction up, then run the deployment again.',
  ],
  TransactionsPending: [
    '{count} earlier transactions of {account} are not mined yet.',
    'Wait for them or replace them, then run the deployment again.',
  ],
} as const satisfies Record<string, Instruction>;

/** Name of an error that a deployment finds. */
export type DeployErrorName = keyof typeof instructions;

/** Makes an error of a deployment. */
export function deployError(name: DeployErrorName, values: ErrorValues, cause?: unknown): BreakwaterError {
  return new BreakwaterError(name, { ...explain(instructions[name], values), values, cause });
}

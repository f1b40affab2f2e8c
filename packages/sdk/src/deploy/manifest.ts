import { deepFreeze } from '../action.ts';
import { address, bytes, document, field, invalid, type Node } from '../parse.ts';
import { parseDeployment } from '../parseDeployment.ts';
import type { DeploymentManifest, DeploymentProgress } from './types.ts';

/**
 * Reads a manifest that a deployment wrote, with how far it got.
 * @param json the parsed JSON, or its text
 * @throws DeploymentInvalid which names the place and the problem
 */
export function parseManifest(json: unknown): DeploymentManifest {
  const deployment = parseDeployment(json);
  return deepFreeze({
    ...deployment,
    progress: readProgress(field(document(json, 'deployment'), 'progress')),
  });
}

function readProgress(node: Node): DeploymentProgress {
  const finished = field(node, 'finished');
  if (typeof finished.value !== 'boolean') throw invalid(finished, 'it is not true or false');
  return {
    digest: bytes(field(node, 'digest'), 32),
    deployer: address(field(node, 'deployer')),
    finished: finished.value,
  };
}

import { encodeFunctionData, type Hex } from 'viem';
import { marketRegistryAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { checkBytes } from '../validate.ts';
import { authorityFor, type OnDeployment } from './shared.ts';

export type OpenOperationsParameters = OnDeployment & {
  /** Id of the market. */
  market: Hex;
};

/**
 * Opens all operations of a market. Governor only.
 * @throws BytesInvalid
 */
export function openOperations({ deployment, ...parameters }: OpenOperationsParameters): Action {
  const { registry } = deployment.addresses;
  const market = checkBytes('market', parameters.market, 32);
  const data = encodeFunctionData({ abi: marketRegistryAbi, functionName: 'open', args: [market] });
  return defineAction(deployment, {
    verb: 'openOperations',
    text: `Open all operations of market ${market}`,
    to: registry,
    data,
    requirements: [authorityFor(deployment, registry, data)],
  });
}

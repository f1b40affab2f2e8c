import { encodeFunctionData, type Hex } from 'viem';
import { marketRegistryAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { encodeOperations, type MarketOperation } from '../codec/marketStatus.ts';
import { checkBytes, checkList, checkSmallUint } from '../validate.ts';
import { authorityFor, type OnDeployment } from './shared.ts';

export type CloseOperationsParameters = OnDeployment & {
  /** Id of the market. */
  market: Hex;
  operations: readonly MarketOperation[];
  /**
   * End of the closure, seconds: the guardian's closure, at most 7 days, then not again for as long as it lasted.
   * Without it: the governor's, until the operations are opened again.
   */
  until?: bigint | undefined;
};

/**
 * Closes operations of a market. Claims and exits are not operations and go on.
 * @throws ListEmpty, BytesInvalid, ValueZero, ValueTooLarge
 */
export function closeOperations({ deployment, ...parameters }: CloseOperationsParameters): Action {
  const { registry } = deployment.addresses;
  const market = checkBytes('market', parameters.market, 32);
  const list = checkList('operations', parameters.operations, 2);
  const mask = encodeOperations(list);
  const data =
    parameters.until === undefined
      ? encodeFunctionData({ abi: marketRegistryAbi, functionName: 'close', args: [market, mask] })
      : encodeFunctionData({
          abi: marketRegistryAbi,
          functionName: 'closeForAWhile',
          args: [market, mask, checkSmallUint('until', parameters.until, 40, 1n)],
        });
  return defineAction(deployment, {
    verb: 'closeOperations',
    text: `Close ${list.join(' and ')} of market ${market}`,
    to: registry,
    data,
    requirements: [authorityFor(deployment, registry, data)],
  });
}

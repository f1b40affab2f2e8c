import { encodeFunctionData, type Hex } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkBytes } from '../validate.ts';
import { authorityFor, type OnPool } from './shared.ts';

export type DetachMarketParameters = OnPool & {
  /** Id of the market. */
  market: Hex;
};

/**
 * Has a pool sell no more cover on a market; sold cover and claims go on. Curator only, after the access manager's delay.
 * @throws BytesInvalid, PoolNotInDeployment
 */
export function detachMarket(parameters: DetachMarketParameters): Action {
  const { deployment } = parameters;
  const { address } = findPool(deployment, parameters.pool);
  const market = checkBytes('market', parameters.market, 32);
  const data = encodeFunctionData({ abi: poolAbi, functionName: 'detachMarket', args: [market] });
  return defineAction(deployment, {
    verb: 'detachMarket',
    text: `Have the pool sell no more cover on market ${market}`,
    to: address,
    data,
    requirements: [authorityFor(deployment, address, data)],
  });
}

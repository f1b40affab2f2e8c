import { encodeFunctionData, type Hex } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkBytes } from '../validate.ts';
import { authorityFor, type OnPool } from './shared.ts';

export type AttachMarketParameters = OnPool & {
  /** Id of the market. */
  market: Hex;
};

/**
 * Lets a pool sell cover on a market. Curator only, after the access manager's delay.
 * @throws BytesInvalid, PoolNotInDeployment
 */
export function attachMarket(parameters: AttachMarketParameters): Action {
  const { deployment } = parameters;
  const { address } = findPool(deployment, parameters.pool);
  const market = checkBytes('market', parameters.market, 32);
  const data = encodeFunctionData({ abi: poolAbi, functionName: 'attachMarket', args: [market] });
  return defineAction(deployment, {
    verb: 'attachMarket',
    text: `Let the pool sell cover on market ${market}`,
    to: address,
    data,
    requirements: [authorityFor(deployment, address, data)],
  });
}

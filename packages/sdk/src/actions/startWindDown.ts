import { encodeFunctionData } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { authorityFor, type OnPool } from './shared.ts';

export type StartWindDownParameters = OnPool;

/**
 * Has a pool sell nothing more, for good; sold cover, claims and exits go on. Through the access manager.
 * @throws PoolNotInDeployment
 */
export function startWindDown({ deployment, pool }: StartWindDownParameters): Action {
  const { address, name } = findPool(deployment, pool);
  const data = encodeFunctionData({ abi: poolAbi, functionName: 'startWindDown' });
  return defineAction(deployment, {
    verb: 'startWindDown',
    text: `Wind down pool ${name}`,
    to: address,
    data,
    requirements: [authorityFor(deployment, address, data)],
  });
}

import { encodeFunctionData, type Hex } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkBytes, checkUint } from '../validate.ts';
import type { OnPool } from './shared.ts';

export type PokeParameters = OnPool & {
  /** Id of the market. */
  market: Hex;
  /** Most days with starts or ends that are caught up with, 64 by default. */
  maxDays?: bigint | undefined;
};

/**
 * Earns premium up to now, catches a market up with its days and applies its risk card. Anyone may send it.
 * @throws ValueZero, BytesInvalid, PoolNotInDeployment
 */
export function poke({ deployment, pool, market, maxDays = 64n }: PokeParameters): Action {
  const id = checkBytes('market', market, 32);
  const days = checkUint('maxDays', maxDays, 256, 1n);
  return defineAction(deployment, {
    verb: 'poke',
    text: `Catch the pool up with market ${id}`,
    to: findPool(deployment, pool).address,
    data: encodeFunctionData({ abi: poolAbi, functionName: 'poke', args: [id, days] }),
  });
}

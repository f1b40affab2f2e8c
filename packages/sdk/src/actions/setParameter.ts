import { encodeFunctionData, stringToHex } from 'viem';
import { poolAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { checkUint } from '../validate.ts';
import { authorityFor, type OnPool } from './shared.ts';

export type SetParameterParameters = OnPool & {
  /** Name of the setting, at most 32 letters. */
  name: string;
  value: bigint;
};

/**
 * Changes a setting of a pool, within its bounds. Through the access manager, after its delay.
 * @throws ValueTooLarge, PoolNotInDeployment
 */
export function setParameter({ deployment, pool, name, value }: SetParameterParameters): Action {
  const { address } = findPool(deployment, pool);
  const args = [stringToHex(name, { size: 32 }), checkUint('value', value, 256)] as const;
  const data = encodeFunctionData({ abi: poolAbi, functionName: 'setParameter', args });
  return defineAction(deployment, {
    verb: 'setParameter',
    text: `Set ${name} of the pool to ${value}`,
    to: address,
    data,
    requirements: [authorityFor(deployment, address, data)],
  });
}

import type { Address, Client, ContractFunctionReturnType } from 'viem';
import { readContract } from 'viem/actions';
import { coverTokenAbi, poolAbi } from '../abi/index.ts';
import { poolOf } from '../actions/shared.ts';
import { decodePolicyState, type PolicyState } from '../codec/states.ts';
import type { Deployment, PoolEntry, PoolReference } from '../deployment.ts';
import { at, type ReadOptions, reading } from './read.ts';

type RawPolicy = ContractFunctionReturnType<typeof poolAbi, 'view', 'policy'>;

/** Standing order of a holder. */
export type RollingOrder = ContractFunctionReturnType<typeof poolAbi, 'view', 'rollingOrder'>;

/** A cover: its policy in the pool, and who is party to it. */
export type Cover = Omit<RawPolicy, 'state'> & {
  readonly id: bigint;
  readonly pool: PoolEntry;
  readonly state: PolicyState;
  /** Account that is paid. */
  readonly holder: Address;
  /** Account whose position is insured. */
  readonly insured: Address;
  /** Whether the insured account agreed that its position is handed over. */
  readonly hasConsent: boolean;
  /** Undefined when there is none. */
  readonly rollingOrder: RollingOrder | undefined;
};

/**
 * Reads a cover. Amounts in asset units, times in seconds, `rate` in asset units per second times 2^16.
 * @throws PoolNotInDeployment, TokenDoesNotExist, RpcUnreachable and the like
 */
export function getCover(
  client: Client,
  parameters: { deployment: Deployment; cover: bigint; pool?: PoolReference | undefined } & ReadOptions,
): Promise<Cover> {
  return reading(async () => {
    const { deployment, cover } = parameters;
    const pool = poolOf(parameters);
    const args = [cover] as const;
    const inPool = { address: pool.address, abi: poolAbi, args, ...at(parameters) } as const;
    const token = {
      address: deployment.addresses.coverToken,
      abi: coverTokenAbi,
      args,
      ...at(parameters),
    } as const;
    const [policy, order, [holder, insured], hasConsent] = await Promise.all([
      readContract(client, { ...inPool, functionName: 'policy' }),
      readContract(client, { ...inPool, functionName: 'rollingOrder' }),
      readContract(client, { ...token, functionName: 'partiesOf' }),
      readContract(client, { ...token, functionName: 'hasConsent' }),
    ]);
    return {
      ...policy,
      state: decodePolicyState(policy.state),
      id: cover,
      pool,
      holder,
      insured,
      hasConsent,
      rollingOrder: order.addDays === 0 ? undefined : order,
    };
  });
}

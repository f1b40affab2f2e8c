import type { Address, Client } from 'viem';
import { readContract } from 'viem/actions';
import { riskOracleAbi } from '../abi/index.ts';
import type { Deployment } from '../deployment.ts';
import { at, type ReadOptions, reading } from './read.ts';

/** Who signs risk cards. */
export type Publishers = {
  /** In ascending order. */
  list: readonly Address[];
  /** Signatures that a card needs. */
  quorum: number;
};

/**
 * Reads the publishers of risk cards.
 * @throws ContractMissing, RpcUnreachable and the like
 */
export function getPublishers(
  client: Client,
  { deployment, ...options }: { deployment: Deployment } & ReadOptions,
): Promise<Publishers> {
  return reading(async () => {
    const [list, quorum] = await readContract(client, {
      address: deployment.addresses.oracle,
      abi: riskOracleAbi,
      functionName: 'publishers',
      ...at(options),
    });
    return { list, quorum };
  });
}

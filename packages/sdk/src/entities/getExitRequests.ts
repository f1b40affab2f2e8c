import type { Address, Client } from 'viem';
import { readContract } from 'viem/actions';
import { trancheVaultAbi } from '../abi/index.ts';
import { type TrancheName, vaultOf } from '../actions/shared.ts';
import { type Deployment, findPool, type PoolReference } from '../deployment.ts';
import { checkAddress } from '../validate.ts';
import { at, type ReadOptions, reading } from './read.ts';

/** A request to leave a tranche. Its shares are pending, in escrow, claimable or claimed. */
export type ExitRequest = {
  readonly id: bigint;
  readonly shares: bigint;
  /** Not struck yet: in the tranche, bearing its losses. */
  readonly pending: bigint;
  /** Struck, waiting in escrow or held back by an open incident. */
  readonly escrowed: bigint;
  /** Can be claimed now; for nothing, if the class of shares was wiped out. */
  readonly claimable: bigint;
  readonly claimed: bigint;
  /** When pending shares can be struck, seconds. */
  readonly maturesAt: bigint;
};

/**
 * Reads the requests of an account to leave a tranche, oldest first.
 * @throws PoolNotInDeployment, AddressInvalid, RpcUnreachable and the like
 */
export function getExitRequests(
  client: Client,
  parameters: {
    deployment: Deployment;
    pool: PoolReference;
    tranche: TrancheName;
    account: Address;
  } & ReadOptions,
): Promise<ExitRequest[]> {
  return reading(async () => {
    const account = checkAddress('account', parameters.account);
    const address = vaultOf(findPool(parameters.deployment, parameters.pool), parameters.tranche);
    const contract = { address, abi: trancheVaultAbi, ...at(parameters) } as const;
    const ids = await readContract(client, { ...contract, functionName: 'requestsOf', args: [account] });
    return Promise.all(
      ids.map(async (id) => {
        const [{ shares, claimed, maturesAt }, pending, claimable] = await Promise.all([
          readContract(client, { ...contract, functionName: 'requestOf', args: [id] }),
          readContract(client, { ...contract, functionName: 'unstruckOf', args: [id] }),
          readContract(client, { ...contract, functionName: 'claimableRedeemRequest', args: [id, account] }),
        ]);
        const escrowed = shares - claimed - pending - claimable;
        return { id, shares, pending, escrowed, claimable, claimed, maturesAt: BigInt(maturesAt) };
      }),
    );
  });
}

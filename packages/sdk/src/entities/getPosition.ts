import { type Address, type Client, decodeFunctionResult, encodeFunctionData } from 'viem';
import { call, readContract } from 'viem/actions';
import { trancheVaultAbi } from '../abi/index.ts';
import { type TrancheName, vaultOf } from '../actions/shared.ts';
import { type Deployment, findPool, type PoolReference } from '../deployment.ts';
import { checkAddress } from '../validate.ts';
import { at, type ReadOptions, reading } from './read.ts';

/** What an account has in a tranche. */
export type Position = {
  /** Shares that have not asked to leave. */
  readonly shares: bigint;
  /** What these are worth, asset units, rounded down. */
  readonly assets: bigint;
  /** Shares that were struck and can be claimed. */
  readonly claimableShares: bigint;
  /** What these pay, asset units, rounded down. */
  readonly claimableAssets: bigint;
};

/**
 * Reads what an account has in a tranche. Its exits that wait are read by `getExitRequests`.
 * @throws PoolNotInDeployment, AddressInvalid, RpcUnreachable and the like
 */
export function getPosition(
  client: Client,
  parameters: {
    deployment: Deployment;
    pool: PoolReference;
    tranche: TrancheName;
    account: Address;
  } & ReadOptions,
): Promise<Position> {
  return reading(async () => {
    const account = checkAddress('account', parameters.account);
    const address = vaultOf(findPool(parameters.deployment, parameters.pool), parameters.tranche);
    const contract = { address, abi: trancheVaultAbi, ...at(parameters) } as const;
    const [shares, claimableShares] = await Promise.all([
      readContract(client, { ...contract, functionName: 'balanceOf', args: [account] }),
      readContract(client, { ...contract, functionName: 'maxRedeem', args: [account] }),
    ]);
    const [assets, claimableAssets] = await Promise.all([
      readContract(client, { ...contract, functionName: 'convertToAssets', args: [shares] }),
      previewClaim(client, address, { account, shares: claimableShares, ...at(parameters) }),
    ]);
    return { shares, assets, claimableShares, claimableAssets };
  });
}

/** What a claim would pay: an asynchronous vault has no preview, so the claim itself is simulated. */
async function previewClaim(
  client: Client,
  vault: Address,
  { account, shares, ...options }: { account: Address; shares: bigint } & ReadOptions,
): Promise<bigint> {
  if (shares === 0n) return 0n;
  const claim = encodeFunctionData({
    abi: trancheVaultAbi,
    functionName: 'redeem',
    args: [shares, account, account],
  });
  const { data = '0x' } = await call(client, { account, to: vault, data: claim, ...at(options) });
  return decodeFunctionResult({ abi: trancheVaultAbi, functionName: 'redeem', data });
}

import { type Deployment, deposit, tokenAbi, trancheVaultAbi } from '@breakwater/sdk';
import { encodeFunctionData } from 'viem';
import { readContract } from 'viem/actions';
import { people } from './accounts.ts';
import type { WorldClient } from './anvil.ts';
import type { PoolCapital } from './pools.ts';
import { type Order, sendAll, withManualMining } from './transactions.ts';

/** Deposits each pool's capital: junior first, which is what senior deposits need. */
export async function depositCapital(
  client: WorldClient,
  deployment: Deployment,
  capitals: readonly PoolCapital[],
): Promise<void> {
  const orders = deployment.pools.flatMap((pool, i) =>
    (['junior', 'senior'] as const).flatMap((tranche): Order[] => {
      const account = people[`${tranche}Underwriter`];
      const assets = capitals[i]?.[tranche] ?? 0n;
      const args = [pool[tranche], assets] as const;
      const approve = encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args });
      const { transaction } = deposit({ deployment, pool, tranche, assets, receiver: account.address });
      return [
        { account, to: pool.asset.address, data: approve, gas: 100_000n },
        { account, to: transaction.to, data: transaction.data, gas: 400_000n },
      ];
    }),
  );
  await withManualMining(client, () => sendAll(client, orders));
}

/** Shares of both underwriters, one entry a vault. */
export async function readShares(client: WorldClient, deployment: Deployment): Promise<bigint[]> {
  const vaults = deployment.pools.flatMap(({ junior, senior }) => [
    [junior, people.juniorUnderwriter.address] as const,
    [senior, people.seniorUnderwriter.address] as const,
  ]);
  return Promise.all(
    vaults.map(([address, owner]) =>
      readContract(client, { address, abi: trancheVaultAbi, functionName: 'balanceOf', args: [owner] }),
    ),
  );
}

import { type Deployment, deposit, tokenAbi } from '@breakwater/sdk';
import { encodeFunctionData } from 'viem';
import { people } from './accounts.ts';
import type { WorldClient } from './anvil.ts';
import { mintOrder } from './dollar.ts';
import type { PoolCapital } from './pools.ts';
import { type Order, sendAll, withManualMining } from './transactions.ts';

/** Mints and deposits each pool's capital: junior first, which is what senior deposits need. */
export async function depositCapital(
  client: WorldClient,
  deployment: Deployment,
  capitals: readonly PoolCapital[],
): Promise<void> {
  const deposits = deployment.pools.flatMap((pool, i) =>
    (['junior', 'senior'] as const).flatMap((tranche): Order[] => {
      const account = people[`${tranche}Underwriter`];
      const assets = capitals[i]?.[tranche] ?? 0n;
      const args = [pool[tranche], assets] as const;
      const approve = encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args });
      const { transaction } = deposit({ deployment, pool, tranche, assets, receiver: account.address });
      return [
        mintOrder(pool.asset.address, account.address, assets),
        { account, to: pool.asset.address, data: approve, gas: 100_000n },
        { account, to: transaction.to, data: transaction.data, gas: 400_000n },
      ];
    }),
  );
  await withManualMining(client, () => sendAll(client, deposits));
}

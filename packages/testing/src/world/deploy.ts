import { type Deployment, serializeDeployment } from '@breakwater/sdk';
import type { Artifacts, DeploymentConfig, DeploymentManifest } from '@breakwater/sdk/deploy';
import { runDeployment } from '@breakwater/sdk/deploy';
import { type Address, createClient, http } from 'viem';
import { deploy, send } from '../insured/chain.ts';
import { compileOwn } from '../insured/compile.ts';
import { deployInsured, type InsuredWorld } from '../insured/index.ts';
import { operators, people, publishers } from './accounts.ts';
import { type LocalNode, localChainId, type WorldClient } from './anvil.ts';
import { cardQuorum } from './cards.ts';
import { mintManyOrder, mintOrder } from './dollar.ts';
import { marketConfigs } from './markets.ts';
import { poolConfigs } from './pools.ts';
import { targetOf } from './transactions.ts';

/** Blocks over which the live trigger spreads its samples: an hour on mainnet. */
const persistence = 300;

/** Least bond of the operators, asset units. */
const operatorBond = 5_000n * 10n ** 6n;

/** What every account with a part in the world gets, asset units. */
const pocketMoney = 1_000_000n * 10n ** 6n;

/** Deploys the stable asset and the four protocols, with first liquidity in each. */
export async function deployProtocols(client: WorldClient, liquidity: bigint): Promise<InsuredWorld> {
  const { deployer } = people;
  const asset = await deploy({ client, deployer }, compileOwn('TestDollar'));
  const mintAsset = async (to: Address, amount: bigint) => {
    await send(client, deployer, targetOf(mintOrder(asset, to, amount)));
  };
  const everyone = Object.values(people).map(({ address }) => address);
  const amounts = everyone.map(() => pocketMoney);
  await send(client, deployer, targetOf(mintManyOrder(asset, everyone, amounts)));
  return deployInsured({ client, deployer, asset, mintAsset, liquidity });
}

/**
 * Deploys Breakwater with two pools and a market on each protocol.
 * @param options.save keeps the manifest whenever it changed
 */
export async function deployBreakwater(
  { client, url }: LocalNode,
  options: { insured: InsuredWorld; artifacts: Artifacts; save: (manifest: string) => void | Promise<void> },
): Promise<Deployment> {
  const { insured, artifacts, save } = options;
  const config: DeploymentConfig = {
    chainId: localChainId,
    salt: 'local',
    governor: { account: people.governor.address, delay: 0 },
    guardian: people.guardian.address,
    feeRecipient: people.governor.address,
    publishers: { accounts: publishers.map(({ address }) => address), quorum: cardQuorum },
    operators: {
      accounts: operators.map(({ address }) => address),
      suspendThreshold: 3,
      attestThreshold: 5,
    },
    triggerSpread: persistence,
    bondFloors: [{ route: 'operatorQuorum', asset: insured.asset, floor: operatorBond }],
    pools: poolConfigs(insured.asset),
    markets: await marketConfigs(insured),
  };
  const { chain } = client;
  const walletClient = createClient({ account: people.deployer, chain, transport: http(url) });
  return runDeployment({
    walletClient,
    publicClient: client,
    config,
    artifacts,
    save: (manifest: DeploymentManifest) => save(serializeDeployment(manifest)),
  });
}

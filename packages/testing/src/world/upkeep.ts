import { removeBlockTimestampInterval } from 'viem/actions';
import { insuredKinds } from '../insured/index.ts';
import { insuredMarkets, publishCards } from './cards.ts';
import { DAY, jumpTo, now } from './clock.ts';
import { observeAll } from './keeper.ts';
import type { World } from './scenario.ts';
import { withManualMining } from './transactions.ts';

const HOUR_MILLISECONDS = 3_600_000;

/** Length of the scenario and some, so that it ends in the past. */
const lead = 5n * DAY;

/** Time of the first block of a world that is to reach the present: six in the morning some days ago. */
export function genesisBefore(present: bigint): bigint {
  return (present / DAY) * DAY - lead + DAY / 4n;
}

/**
 * Brings a world to the present, where its blocks carry the time of the wall, and keeps it fit for sales from then on:
 * every hour the live markets are observed, twice a month their cards are renewed.
 * @param onTrouble told when upkeep fails, which then tries again an hour later
 * @returns ends the upkeep
 */
export async function keepUp(world: World, onTrouble: (error: unknown) => void): Promise<() => void> {
  const { node, deployment, locked, keeper, robbed } = world;
  const { client } = node;
  const live = insuredKinds.filter((kind) => kind !== robbed);
  const markets = insuredMarkets(deployment, live).map(({ market }) => market);
  let renewAt = 0n;
  const look = async () => {
    await withManualMining(client, () => observeAll(keeper, markets));
    const time = await now(client);
    if (time < renewAt) return;
    await publishCards(client, deployment, locked, live);
    renewAt = time + 15n * DAY;
  };
  await removeBlockTimestampInterval(client);
  await jumpTo(client, BigInt(Math.floor(Date.now() / 1000)));
  await look();
  const timer = setInterval(() => {
    look().catch(onTrouble);
  }, HOUR_MILLISECONDS + 60_000);
  return () => clearInterval(timer);
}

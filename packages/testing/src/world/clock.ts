import { getBlock, getBlockNumber, mine, setNextBlockTimestamp } from 'viem/actions';
import { blockTime, type WorldClient } from './anvil.ts';

export const HOUR = 3_600n;
export const DAY = 86_400n;

/** Time of the newest block, seconds. */
export async function now(client: WorldClient): Promise<bigint> {
  return (await getBlock(client)).timestamp;
}

/** Mines empty blocks up to a block number, 12 seconds apart. */
export async function mineTo(client: WorldClient, block: bigint): Promise<void> {
  const missing = block - (await getBlockNumber(client));
  if (missing > 0n) await mine(client, { blocks: Number(missing), interval: blockTime });
}

/** Mines one block at a time, which jumps over all blocks that would have come before. */
export async function jumpTo(client: WorldClient, time: bigint): Promise<void> {
  await setNextBlockTimestamp(client, { timestamp: time });
  await mine(client, { blocks: 1 });
}

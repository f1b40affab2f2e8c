import {
  lossMeasures,
  type PathRunner,
  type PoolCardValues,
  poolCard,
  type ScoreBook,
  simulatePortfolio,
  trancheLosses,
} from '@breakwater/risk';
import type { Deployment, PoolEntry } from '@breakwater/sdk';
import type { Client } from 'viem';
import { readLivePool } from './livePool.ts';

/** Paths of a pool card's simulation, and its seed: fixed, so that the card moves with the book alone. */
const PATHS = 200_000;
const SEED = 1n;

/** The card that a pool should have at a block. A pool that has sold nothing keeps the cautious bound. */
export async function poolCardOf(
  client: Client,
  given: {
    deployment: Deployment;
    pool: PoolEntry;
    scores: ScoreBook;
    blockNumber: bigint;
    runner?: PathRunner | undefined;
  },
): Promise<PoolCardValues> {
  const { scores, runner } = given;
  const live = await readLivePool(client, { ...given, scores, correlation: scores.correlation, years: 1 });
  const simulation = await simulatePortfolio(live.portfolio, { paths: PATHS, seed: SEED, runner });
  const measures = lossMeasures(simulation);
  return poolCard(measures, trancheLosses(simulation, live.capital), live.variance);
}

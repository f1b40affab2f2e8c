import {
  type Capital,
  type LiveMarket,
  type Portfolio,
  portfolioOfBook,
  portfolioOfCards,
  type ScoreBook,
} from '@breakwater/risk';
import {
  type Deployment,
  getPool,
  getPoolCard,
  getPoolMarket,
  getRiskInputs,
  type PoolEntry,
} from '@breakwater/sdk';
import { type Client, formatUnits } from 'viem';
import { readParameters } from './parameters.ts';
import { wantedMarketCard } from './wanted.ts';

/** A live pool as a portfolio, in whole units of its asset. */
export type LivePool = {
  readonly portfolio: Portfolio;
  readonly capital: Capital;
  /** V as the pool applies its cards, square of whole units. */
  readonly variance: number;
  /** Tail multiplier in force. */
  readonly z: number;
  readonly markets: readonly { readonly id: string; readonly name: string; readonly cover: number }[];
};

/**
 * Reads a pool at one block and makes it a portfolio: of the scores where there are some, else of its cards.
 * @param given.years horizon
 */
export async function readLivePool(
  client: Client,
  given: {
    deployment: Deployment;
    pool: PoolEntry;
    blockNumber: bigint;
    scores: ScoreBook | undefined;
    correlation: number;
    years: number;
  },
): Promise<LivePool> {
  const { deployment, pool, blockNumber, scores, correlation, years } = given;
  const inUnits = (amount: bigint) => Number(formatUnits(amount, pool.asset.decimals));
  const at = { deployment, pool, blockNumber };
  const [state, { z }] = await Promise.all([getPool(client, at), getPoolCard(client, at)]);
  const coefficients = new Map<number, number>();
  const markets: LiveMarket[] = [];
  for (const market of deployment.markets) {
    const { committed } = await getPoolMarket(client, { ...at, market: market.id });
    if (committed === 0n) continue;
    const { groups } = market.terms;
    const inputs = await getRiskInputs(client, { deployment, market: market.id, groups, blockNumber });
    for (const { group, card } of inputs.groups) coefficients.set(group, card?.s ?? 0);
    markets.push({
      id: market.id,
      groups,
      committed,
      cover: inUnits(committed),
      card: inputs.card ?? { el: 0, v: 0, w: [] },
      deductible: market.terms.deductibleBps / 10_000,
    });
  }
  const nameOf = (id: string) => deployment.markets.find((market) => market.id === id)?.name ?? id;
  return {
    portfolio: scores
      ? portfolioOfBook(await entriesOf(client, given, scores, markets), scores, years)
      : portfolioOfCards(markets, coefficients, await recordedSeverity(), { correlation, years }),
    capital: { junior: inUnits(state.junior), senior: inUnits(state.senior) },
    variance: Number(state.variance) / 1e16 / 10 ** (2 * pool.asset.decimals),
    z: z / 10_000,
    markets: markets.map(({ id, cover }) => ({ id, cover, name: nameOf(id) })),
  };
}

/** Loss share of failures on public record, for pools of which nothing but their cards is known. */
async function recordedSeverity() {
  return (await readParameters('', undefined)).severity.lossShare;
}

function entriesOf(
  client: Client,
  { deployment, blockNumber }: { deployment: Deployment; blockNumber: bigint },
  scores: ScoreBook,
  markets: readonly LiveMarket[],
) {
  return Promise.all(
    markets.map(async ({ id, cover, deductible }) => {
      const market = deployment.markets.find((each) => each.id === id);
      if (!market) throw new Error(`market ${id}`);
      const card = await wantedMarketCard(client, { deployment, market, scores, signals: [], blockNumber });
      const groups = scores.markets.get(market.name.toLowerCase())?.groups ?? scores.markets.get(id)?.groups;
      return { id, cover, deductible, card, groups: groups ?? [] };
    }),
  );
}

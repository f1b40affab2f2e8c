import { getBlock } from 'viem/actions';
import type { Given } from '../command.ts';
import type { Options } from '../options.ts';
import { fields, type Result, table } from '../output.ts';
import { readScores, readSignals } from './scores.ts';
import { wantedMarketCard } from './wanted.ts';

type ExplainValues = {
  readonly market: string | undefined;
  readonly scores: string;
  readonly signals: string | undefined;
};

/** What commands of the risk engine are given, with the types of their values. */
export type RiskGiven<V> = Omit<Given<Options>, 'values'> & { readonly values: V };

/** Basis points of a rate in 1e-8, with four decimals. */
const inBps = (rate: number) => (rate / 10_000).toFixed(4);

/** Runs `breakwater risk explain`. */
export async function explainCard({ values, io, open }: RiskGiven<ExplainValues>): Promise<Result> {
  const { client, deployment, marketEntry } = await open();
  const market = marketEntry(values.market);
  const [scores, signals] = await Promise.all([
    readScores(io.cwd, values.scores),
    readSignals(io.cwd, values.signals, market),
  ]);
  const { number: blockNumber } = await getBlock(client);
  const wanted = await wantedMarketCard(client, { deployment, market, scores, signals, blockNumber });
  const { values: card, effects, hazard, ownHazard, reading, insured } = wanted;
  const factors = effects.map(({ name, effect }) => ({ name, basisPoints: effect / 10_000 }));
  return {
    data: {
      market: market.id,
      name: market.name,
      block: blockNumber,
      card,
      elBasisPoints: card.el / 10_000,
      factors,
      hazard,
      ownHazard,
      reading,
      insured,
    },
    text: [
      fields([
        ['Market', market.name],
        ['Block', blockNumber],
        ['Insured value', `${reading.value.toFixed(0)} dollars`],
        ['Hazard', `${(100 * hazard).toFixed(3)} % a year, ${(100 * ownHazard).toFixed(3)} % by itself`],
        ['v', card.v / 1e8],
        ['w', card.w.map((weight) => weight / 1e4).join(', ')],
        ['Most cover a pool', card.maxCover],
      ]),
      table(
        ['Factor', 'Basis points a year'],
        [...effects.map(({ name, effect }) => [name, inBps(effect)]), ['el', inBps(card.el)]],
      ),
    ].join('\n'),
  };
}

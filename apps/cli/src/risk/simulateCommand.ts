import { availableParallelism } from 'node:os';
import {
  allocateTail,
  formatCsv,
  type LossMeasures,
  lossCurve,
  lossMeasures,
  type Simulation,
  type StressResult,
  simulatePortfolio,
  tailMultiplier,
  tailOf,
  trancheLosses,
} from '@breakwater/risk';
import { getBlock } from 'viem/actions';
import type { Given } from '../command.ts';
import { fields, type Result, table } from '../output.ts';
import type { RiskGiven } from './explainCommand.ts';
import { type LivePool, readLivePool } from './livePool.ts';
import { lossChart } from './lossChart.ts';
import { readScores } from './scores.ts';
import { type StressOptions, stressSet } from './stressSet.ts';
import { startThreads } from './threads.ts';

type SimulateValues = StressOptions & {
  readonly pool: string | undefined;
  readonly scores: string | undefined;
  readonly paths: bigint | undefined;
  readonly seed: bigint | undefined;
  readonly threads: bigint | undefined;
  readonly years: number | undefined;
  readonly level: number | undefined;
  readonly correlation: number | undefined;
  readonly format: 'text' | 'csv' | 'svg' | undefined;
};

/** Runs `breakwater risk simulate`. */
export async function simulate(given: RiskGiven<SimulateValues>): Promise<Result> {
  const { values, io, open, progress } = given;
  const session = await open();
  const { client, deployment } = session;
  const pool = session.pool(values.pool);
  const scores = values.scores === undefined ? undefined : await readScores(io.cwd, values.scores);
  const { number: blockNumber } = await getBlock(client);
  const correlation = values.correlation ?? 0.02;
  const years = values.years ?? 1;
  const live = await readLivePool(client, { deployment, pool, blockNumber, scores, correlation, years });
  const seed = values.seed ?? 1n;
  const paths = Number(values.paths ?? 1_000_000n);
  const started = performance.now();
  const simulation = await simulateInThreads(live, { paths, seed }, values.threads, progress);
  const measures = lossMeasures(simulation, values.level ?? 0.995);
  const seconds = (performance.now() - started) / 1_000;
  const tranches = trancheLosses(simulation, live.capital);
  const allocation = allocate(simulation, measures, live);
  const curve = lossCurve(simulation, live.capital.junior + live.capital.senior || measures.worst || 1);
  const stresses = await stressSet(live, values, { cwd: io.cwd, progress });
  const multiplier = tailMultiplier(measures, live.variance);
  const { capital } = live;
  const data = {
    pool: pool.name,
    asset: pool.asset.symbol,
    block: blockNumber,
    years,
    paths,
    seed,
    seconds,
    capital,
    measures,
    tailMultiplier: { ...multiplier, inForce: live.z },
    tranches,
    allocation,
    curve,
    stress: stresses,
  };
  const title = `${pool.name}: loss over ${years === 1 ? 'a year' : `${years} years`}`;
  const about = { title, symbol: pool.asset.symbol, valueAtRisk: measures.valueAtRisk };
  const text = {
    svg: () => lossChart(curve, capital, about),
    csv: () =>
      formatCsv(
        ['attachment', 'exceeded', 'rate'],
        curve.map(({ attachment, exceeded, rate }) => [attachment, exceeded, rate]),
      ),
    text: () => report(data),
  }[values.format ?? 'text']();
  return { data, text };
}

async function simulateInThreads(
  { portfolio }: LivePool,
  options: { paths: number; seed: bigint },
  threads: bigint | undefined,
  progress: Given<Record<string, never>>['progress'],
): Promise<Simulation> {
  const count = Number(threads ?? BigInt(availableParallelism()));
  const pool = await startThreads(count);
  let told = 0;
  try {
    return await simulatePortfolio(portfolio, {
      ...options,
      runner: pool.run,
      onProgress: (done) => {
        if (done < told + 0.1 && done < 1) return;
        told = done;
        progress(`${Math.round(100 * done)} % of ${options.paths} paths`);
      },
    });
  } finally {
    await pool.close();
  }
}

/** A market's part of the tail value at risk. */
type Allocation = {
  readonly market: string;
  readonly cover: number;
  readonly tailLoss: number;
  readonly share: number;
};

function allocate(
  simulation: Simulation,
  { level }: LossMeasures,
  { portfolio, markets }: LivePool,
): Allocation[] {
  const { byName, sum, paths } = allocateTail(simulation, tailOf(simulation, level));
  return portfolio.names.map(({ id, cover }, i) => {
    const part = Number(byName[i] ?? 0n);
    return {
      market: markets.find((market) => market.id === id)?.name ?? id,
      cover,
      tailLoss: (part / paths) * simulation.model.unit,
      share: sum === 0n ? 0 : part / Number(sum),
    };
  });
}

function report(data: {
  pool: string;
  asset: string;
  block: bigint;
  paths: number;
  seconds: number;
  measures: LossMeasures;
  tailMultiplier: { found: number; z: number; inForce: number };
  tranches: ReturnType<typeof trancheLosses>;
  allocation: readonly Allocation[];
  stress: readonly StressResult[];
}): string {
  const amount = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 });
  const percent = (value: number) => `${(100 * value).toFixed(4)} %`;
  const { measures, tranches, tailMultiplier: z } = data;
  return [
    fields([
      ['Pool', data.pool],
      ['Block', data.block],
      ['Paths', `${data.paths}, ${data.seconds.toFixed(2)} s`],
      ['Mean loss', `${amount(measures.mean)} ${data.asset} +- ${amount(measures.meanError)}`],
      [`Value at risk ${100 * measures.level} %`, `${amount(measures.valueAtRisk)} ${data.asset}`],
      ['Tail value at risk', `${amount(measures.tailValueAtRisk)} ${data.asset}`],
      ['Tail multiplier z', `${z.z.toFixed(4)} (found ${z.found.toFixed(4)}, in force ${z.inForce})`],
      ['Ruin', percent(tranches.ruin)],
    ]),
    table(
      ['Tranche', 'Capital', 'Mean loss', 'Rate', 'Touched', 'Wiped out'],
      (['junior', 'senior'] as const).map((name) => {
        const { capital, mean, rate, touched, wiped } = tranches[name];
        return [name, amount(capital), amount(mean), percent(rate), percent(touched), percent(wiped)];
      }),
    ),
    table(
      ['Market', 'Cover', 'Part of the tail', 'Share'],
      data.allocation.map((each) => [
        each.market,
        amount(each.cover),
        amount(each.tailLoss),
        percent(each.share),
      ]),
    ),
    table(
      ['Stress', 'Markets', 'Loss', 'Junior', 'Senior', 'Unpaid', 'Paid share', 'Worth of capital left'],
      data.stress.map((each) => [
        each.scenario,
        each.markets,
        amount(each.loss),
        amount(each.fromJunior),
        amount(each.fromSenior),
        amount(each.unpaid),
        percent(each.ratio),
        amount(each.worthOfCapitalLeft),
      ]),
    ),
  ].join('\n');
}

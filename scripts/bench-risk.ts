// Speed and accuracy of the portfolio simulation, everything in one run on one machine. `--json` prints one object:
//   secondsPerMillion  seconds for a million paths of 512 names on one thread, tables, value at risk and tail included
//   versusTextbook     how many times faster that is than the committed textbook copula loop on the same names
//   twoThreads         how many times faster two threads are than one thread
//   meanError          |mean / exact mean - 1|, a fraction
//   var995Error        |VaR 99.5 % / that of the exact recursion - 1|, a fraction
// Times are the best of several rounds in which the competitors take turns: other work on the machine only adds time.

import { startThreads } from '../apps/cli/src/risk/threads.ts';
import {
  distributionQuantile,
  exactMean,
  type LossMeasures,
  lossMeasures,
  lossRecursion,
  type PathRunner,
  type Portfolio,
  severityLaw,
  simulatePortfolio,
  textbookCopula,
} from '../packages/risk/src/index.ts';

const names = 512;
const million = 1_000_000;
const seed = 2_023n;

/** Names as unequal as a real book: covers up to 10 times another, chances of failure from 0.5 % to 6 % a year. */
const book: Portfolio = {
  names: Array.from({ length: names }, (_, i) => ({
    id: `name ${i}`,
    cover: 100_000 * (1 + (9 * ((i * 37) % names)) / names),
    failure: 0.005 + (0.055 * ((i * 91) % names)) / names,
    severity: 0,
    deductible: 0.05,
    groups: [],
  })),
  groups: [],
  severities: [severityLaw({ totalMass: 0.087, alpha: 0.374, beta: 1.551 })],
  correlation: 0.02,
};

/** Ends when so many rounds in a row made no best time better by a hundredth, or after so many altogether. */
const rounds = { idle: 25, most: 100 };
/** The textbook takes part in every fifth: it is the slow one. */
const textbookEvery = 5;
const textbookPaths = 20_000;

const threads = await startThreads(2);
const best = {
  one: Number.POSITIVE_INFINITY,
  two: Number.POSITIVE_INFINITY,
  textbook: Number.POSITIVE_INFINITY,
};
let measures: LossMeasures | undefined;
let idle = 0;
const improve = async (name: keyof typeof best, work: () => Promise<unknown>) => {
  const time = await seconds(work);
  if (time < 0.99 * best[name]) idle = 0;
  best[name] = Math.min(best[name], time);
};
for (let round = 0; round < rounds.most && idle < rounds.idle; round++) {
  idle++;
  await improve('one', async () => {
    measures = await simulate();
  });
  await improve('two', () => simulate(threads.run));
  if (round % textbookEvery === 0) await improve('textbook', async () => textbookCopula(book, textbookPaths));
}
await threads.close();
if (!measures) throw new Error('nothing was measured');

const covers = book.names.reduce((sum, { cover }) => sum + cover, 0);
const exact = lossRecursion(book, covers / names / 16, 16 * 70);
const figures = {
  secondsPerMillion: best.one,
  versusTextbook: (best.textbook * million) / textbookPaths / best.one,
  twoThreads: best.one / best.two,
  meanError: Math.abs(measures.mean / exactMean(book) - 1),
  var995Error: Math.abs(measures.valueAtRisk / distributionQuantile(exact, 0.995) - 1),
};
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
else for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name}  ${value}\n`);

async function simulate(runner?: PathRunner): Promise<LossMeasures> {
  return lossMeasures(await simulatePortfolio(book, { paths: million, seed, runner }));
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

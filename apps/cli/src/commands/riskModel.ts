import { type CommandGroup, defineCommand } from '../command.ts';
import { day, flag, integer, positive, required, text } from '../options.ts';

const protocols = required(
  text('FILE|URL', 'protocols: CSV, or the JSON that DefiLlama answers at /protocols'),
);
const incidents = text('FILE|URL', 'incidents: CSV, or the JSON that DefiLlama answers at /hacks');

/** What is scored, with which parameters. */
const list = {
  protocols,
  asof: required(day('day on which the list is scored')),
  incidents,
  noIncidents: flag('uses no incidents, even where there is a file beside the list'),
  params: text('FILE', 'parameter file; the committed one by default'),
};

/** Commands of the risk model. They need no node. What they do is loaded when they run. */
export const riskModel: CommandGroup = {
  title: 'Risk model',
  commands: [
    defineCommand({
      name: 'risk fit',
      summary: 'fits hazard, severity and dependence on records of incidents',
      details:
        'Reads both files, says what it dropped and why, and prints the figures with their intervals. Records after --asof take no part. With --out writes the parameter file; the same records give the same bytes. With --check compares with that file instead, and fails where it differs.',
      options: {
        incidents: required(incidents),
        protocols,
        asof: required(day('day up to which records are used')),
        out: text('FILE', 'parameter file to write, or to compare with'),
        check: flag('compares with the file of --out, and writes nothing'),
        seed: integer('NUMBER', 'seed of the intervals; 1 by default'),
      },
      run: async (given) => (await import('../risk/fit.ts')).fit(given),
    }),
    defineCommand({
      name: 'risk score',
      summary: 'says of each protocol of a list how likely it is to be exploited',
      details:
        'Writes CSV: slug, probability of a loss of $100k or more within the horizon, bounds of its 90 % interval, reasons. Only what was known at --asof takes part. Incidents before it make the ranking better: without --incidents the file incidents.csv beside the list is used where there is one (later ones in it are not looked at).',
      options: {
        ...list,
        horizon: required(positive('YEARS', 'how long from then on', 20)),
        out: text('FILE', 'file to write; standard output by default'),
      },
      run: async (given) => (await import('../risk/score.ts')).score(given),
    }),
    defineCommand({
      name: 'risk book',
      summary: 'makes the score book that cards are made of, from the parameters and a list of protocols',
      details:
        'Give the book to risk explain, publish, sign and simulate. --markets names a JSON file that says which protocol of the list each market insures, its shock groups, what the chain says of its code, and what assets are worth (docs/concepts/risk-cards.md). Without it every protocol is a market of its own name.',
      options: {
        ...list,
        markets: text('FILE', 'markets: protocol, groups and code of each'),
        out: text('FILE', 'file to write; standard output by default'),
      },
      run: async (given) => (await import('../risk/book.ts')).book(given),
    }),
    defineCommand({
      name: 'risk backtest',
      summary: 'judges the model out of time, and what pools would have earned with it',
      details:
        'Fits on the first part of the follow-up and judges on the rest, beside the baseline; then prices the first list year by year with what was known at the start of each, beside other formulas on the same book. Takes some minutes. With --docs writes the plots there and the tables into its risk-model.md and backtest.md.',
      options: {
        incidents: required(incidents),
        protocols,
        asof: required(day('end of the follow-up')),
        docs: text('FOLDER', 'folder of the documents, such as docs/concepts'),
        draws: integer('NUMBER', 'draws of every interval; 1000 by default', 20n),
        seed: integer('NUMBER', 'seed of the intervals; 1 by default'),
      },
      run: async (given) => (await import('../risk/backtest.ts')).backtest(given),
    }),
  ],
};

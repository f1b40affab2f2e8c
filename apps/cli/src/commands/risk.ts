import { type CommandGroup, defineCommand } from '../command.ts';
import {
  choice,
  flag,
  integer,
  many,
  market,
  option,
  pool,
  readInteger,
  required,
  text,
  Unreadable,
} from '../options.ts';

const scores = text(
  'FILE',
  'score book: hazards, severities and groups, as docs/concepts/risk-cards.md says',
);
const signals = text('FILE', 'threat signals: list of market, reason, multiplier, seenAt, halfLifeDays');

const share = (help: string) =>
  option('SHARE', help, (given) => {
    const value = Number(given);
    if (!/^\d*\.?\d+$/.test(given) || value > 1) throw new Unreadable('a number from 0 to 1');
    return value;
  });

const years = option('YEARS', 'horizon; 1 when left out', (given) => {
  const value = Number(given);
  if (!(value > 0 && value <= 10)) throw new Unreadable('a number of years up to 10');
  return value;
});

/** Commands of the risk engine. What they do is loaded when they run. */
export const risk: CommandGroup = {
  title: 'Risk engine',
  commands: [
    defineCommand({
      name: 'risk explain',
      summary: 'the card a market should have, and what each factor adds to it',
      details:
        'Reads the insured value of the market from the chain. Effects are in basis points a year and add up to el exactly.',
      argument: 'market',
      options: { market, scores: required(scores), signals },
      run: async (given) => (await import('../risk/explainCommand.ts')).explainCard(given),
    }),
    defineCommand({
      name: 'risk code',
      summary: 'what the chain says of the code that a market insures, and the factors that follow',
      details:
        'Follows proxies (ERC-1967), their administrators, time-locks and multi-signature wallets. Compares the deployed bytecode with attested audits. The object `code` goes into the markets file of `risk book`. All factors are bounded priors, no records fit them yet.',
      argument: 'market',
      options: {
        market,
        audits: text(
          'FILE',
          'attested audits (ERC-7512): list of contract and codeHash, the keccak256 of audited bytecode',
        ),
      },
      run: async (given) => (await import('../risk/codeCommand.ts')).readMarketCode(given),
    }),
    defineCommand({
      name: 'risk publish',
      summary:
        'publishes the cards that are missing, have moved or end soon; once, or at every block with --watch',
      details:
        'Signs with the keys of a quorum of publishers and sends with the account given. Moves each card as far as the speed limits of the oracle allow. With --watch stays until Ctrl-C; it can be killed and started again at any time.',
      options: {
        scores: required(scores),
        signals,
        publisherKeyEnv: required(
          text('NAMES', 'environment variables with private keys of publishers, separated by commas'),
        ),
        market: many(text('MARKET', 'only this market: id or name; may be given several times')),
        drafts: text('FOLDER', 'writes the cards with the own signatures there and sends nothing'),
        skipPools: flag('leaves the cards of pools alone'),
        validityDays: integer('DAYS', 'how long a card is good for, up to 30; 7 when left out', 1n),
        tolerance: share('relative change below which a card stays; 0.02 when left out'),
        watch: flag('publishes at every new block until it is stopped'),
        interval: option('SECONDS', 'time between looks at the chain; 12 when left out', (given) =>
          Number(readInteger(given, 1n)),
        ),
      },
      run: async (given) => (await import('../risk/publishCommand.ts')).publishCards(given),
    }),
    defineCommand({
      name: 'risk sign',
      summary:
        'publisher: checks a card that another has drafted against the own scores, and adds a signature',
      details:
        'The file is one that `risk publish --drafts` wrote. Refuses when a value differs from the own one by more than the tolerance. Once a quorum has signed, publish with publish-market-card, publish-group-card or publish-pool-card.',
      options: {
        file: required(text('FILE', 'the card; the signature is added to it')),
        scores: required(scores),
        signals,
        publisherKeyEnv: required(text('NAME', 'environment variable with the private key of a publisher')),
        tolerance: share('relative difference that is accepted; 0.1 when left out'),
      },
      run: async (given) => (await import('../risk/signCommand.ts')).signCard(given),
    }),
    defineCommand({
      name: 'risk simulate',
      summary: 'losses of a live pool over a horizon: value at risk, tranches, capital by market, stress',
      details:
        'Builds the book from the chain: with --scores from hazards and severities, else from the cards in force. The same seed gives the same figures whatever the number of threads.',
      options: {
        pool,
        scores,
        paths: integer('NUMBER', 'paths; 1,000,000 when left out', 1n),
        seed: integer('NUMBER', 'seed; 1 when left out'),
        threads: integer('NUMBER', 'threads; as many as there are cores when left out', 1n),
        years,
        level: share('level of the value at risk; 0.995 when left out'),
        correlation: share(
          'correlation through a common factor when there are no scores; 0.02 when left out',
        ),
        format: choice(['text', 'csv', 'svg'], 'what is printed without --json; text when left out'),
        incidents: text('FILE', 'incidents as CSV, to replay 2022 and 2023 against the book'),
        protocols: text('FILE', 'protocols as CSV, for the exposure in those years'),
        categories: many(text('MARKET=CATEGORY', 'category of a market for the replay, as in the CSV')),
        stablecoinGroup: integer('GROUP', 'shock group of the stablecoin; 1 when left out', 1n),
        oracleGroup: integer('GROUP', 'shock group of the oracle', 1n),
        bridgeGroup: integer('GROUP', 'shock group of the bridge', 1n),
      },
      run: async (given) => (await import('../risk/simulateCommand.ts')).simulate(given),
    }),
  ],
};

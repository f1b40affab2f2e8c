import { MAX_VALIDITY, parseScoreBook, type ScoreBook } from '@breakwater/risk';
import { getPublishers } from '@breakwater/sdk';
import type { LocalAccount } from 'viem';
import { readAccount } from '../account/account.ts';
import { cliError, UsageError } from '../errors.ts';
import { readText } from '../files.ts';
import { fields, type Result, type Surroundings } from '../output.ts';
import type { RiskGiven } from './explainCommand.ts';
import { type Publisher, publishOnce } from './publisher.ts';
import { readScores } from './scores.ts';
import { watch } from './watch.ts';

type PublishValues = {
  readonly scores: string;
  readonly signals: string | undefined;
  readonly publisherKeyEnv: string;
  readonly market: readonly string[];
  readonly skipPools: true | undefined;
  readonly drafts: string | undefined;
  readonly validityDays: bigint | undefined;
  readonly tolerance: number | undefined;
  readonly watch: true | undefined;
  readonly interval: number | undefined;
};

/** Runs `breakwater risk publish`. */
export async function publishCards(given: RiskGiven<PublishValues>): Promise<Result | undefined> {
  const { values, globals, io } = given;
  const publisher = await preparePublisher(given);
  if (!values.watch) {
    const { block, published, failed } = await publishOnce(publisher);
    if (failed.length > 0) {
      throw cliError('CardsNotPublished', `Not published: ${failed.join('; ')}.`, 'See the reasons above.');
    }
    return {
      data: { block, published },
      text: fields([
        ['Block', block],
        ['Published', published.join(', ') || 'nothing: every card is as it should be'],
      ]),
    };
  }
  const stop = new AbortController();
  const end = () => stop.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    await watch(publisher, {
      interval: 1_000 * (values.interval ?? 12),
      signal: stop.signal,
      onPass: (pass) => {
        if (globals.json) io.stdout(`${JSON.stringify({ ...pass, block: pass.block.toString() })}\n`);
      },
    });
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
  }
  return undefined;
}

async function preparePublisher({ values, io, open }: RiskGiven<PublishValues>): Promise<Publisher> {
  const session = await open();
  const { client, deployment } = session;
  // Asked for now, so that a missing account is told at the start.
  if (values.drafts === undefined) session.sender();
  else if (values.watch) throw new UsageError('--drafts is for a single pass, without --watch.');
  const names = values.publisherKeyEnv.split(',').map((name) => name.trim());
  const keys = await Promise.all(names.map((name) => readKey(name, io)));
  const { list, quorum } = await getPublishers(client, { deployment });
  const known = keys.filter(({ address }) => list.includes(address));
  if (known.length < (values.drafts === undefined ? quorum : 1)) {
    throw cliError(
      'SignaturesShort',
      `The oracle wants ${quorum} publishers; the keys given are of ${known.length} of them.`,
      'Add keys, or draft the cards with --drafts FOLDER and let others sign them with `breakwater risk sign`.',
    );
  }
  const days = Number(values.validityDays ?? 7n);
  if (days * 86_400 > MAX_VALIDITY) throw new UsageError('--validity-days is at most 30.');
  const scores = scoreReader(io, values.scores);
  const book = await scores();
  const named = values.market.map((name) => session.marketEntry(name));
  return {
    client,
    deployment,
    wallet: session.wallet,
    drafts: values.drafts,
    keys: known,
    scores,
    cwd: io.cwd,
    signals: values.signals,
    markets:
      named.length > 0
        ? named
        : deployment.markets.filter(
            ({ id, name }) => book.markets.has(name.toLowerCase()) || book.markets.has(id),
          ),
    pools: values.skipPools ? [] : deployment.pools,
    // The card must not outlive the longest validity when its block comes.
    validity: Math.min(days * 86_400, MAX_VALIDITY - 600),
    tolerance: values.tolerance ?? 0.02,
    log: (line) => io.stderr(`${line}\n`),
    cache: new Map(),
  };
}

/** Reads the score book whenever it has changed; while it cannot be read the last good one holds. */
function scoreReader(io: Surroundings, path: string): () => Promise<ScoreBook> {
  let last: { text: string; book: ScoreBook } | undefined;
  return async () => {
    if (!last) {
      const book = await readScores(io.cwd, path);
      last = { text: await readText(io.cwd, path), book };
      return book;
    }
    try {
      const text = await readText(io.cwd, path);
      if (text !== last.text) last = { text, book: parseScoreBook(JSON.parse(text)) };
    } catch (error) {
      io.stderr(`The score book cannot be read, the last one holds: ${(error as Error).message}\n`);
    }
    return last.book;
  };
}

/** A publisher's key from the environment. */
export async function readKey(name: string, io: Surroundings): Promise<LocalAccount> {
  const account = await readAccount(
    {
      rpc: '',
      deployment: undefined,
      json: false,
      timeout: 0,
      keystore: undefined,
      passwordFile: undefined,
      privateKeyEnv: name,
      unlocked: undefined,
    },
    io,
  );
  return account as LocalAccount;
}

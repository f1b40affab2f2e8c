import {
  type Cautions,
  type FlatMarketCard,
  flatten,
  groupCautions,
  type MarketCardValues,
  marketCautions,
  nextValues,
  poolCautions,
  type ScoreBook,
  unflatten,
} from '@breakwater/risk';
import {
  type Action,
  type Deployment,
  decodeError,
  getPublishers,
  groupCardTypedData,
  type MarketEntry,
  marketCardTypedData,
  type PoolEntry,
  poolCardTypedData,
  publishGroupCard,
  publishMarketCard,
  publishPoolCard,
  type SignedBy,
  sendAction,
  type Wallet,
} from '@breakwater/sdk';
import { type Client, type HashTypedDataParameters, hashTypedData, type LocalAccount } from 'viem';
import { getBlock } from 'viem/actions';
import {
  type CardHistory,
  groupHistory,
  type HistoryAt,
  type HistoryCache,
  marketHistory,
  poolHistory,
} from './cardHistory.ts';
import { poolCardOf } from './poolCard.ts';
import { readSignals } from './scores.ts';
import { wantedGroupCard, wantedMarketCard } from './wanted.ts';

/** What a publisher works with. All that it needs is on the chain and in the files: it can end at any moment. */
export type Publisher = {
  readonly client: Client;
  readonly wallet: Wallet;
  readonly deployment: Deployment;
  /** Keys of publishers, at least a quorum. */
  readonly keys: readonly LocalAccount[];
  /** Reads the score book anew. */
  readonly scores: () => Promise<ScoreBook>;
  readonly cwd: string;
  /** File with threat signals. */
  readonly signals: string | undefined;
  readonly markets: readonly MarketEntry[];
  readonly pools: readonly PoolEntry[];
  /** Seconds that a card is good for. */
  readonly validity: number;
  /** Relative change below which a card stays, a fraction. */
  readonly tolerance: number;
  readonly log: (line: string) => void;
  /** Spares reading the same blocks again; may be left out. */
  readonly cache?: HistoryCache | undefined;
};

/** A card of any kind on its way. */
type Draft = {
  readonly subject: string;
  readonly why: string;
  readonly nonce: number;
  readonly reached: boolean;
  readonly change: string;
  readonly typedData: HashTypedDataParameters;
  readonly action: (signatures: readonly SignedBy[]) => Action;
};

/** What a pass did. */
export type PassResult = {
  readonly block: bigint;
  readonly published: readonly string[];
  /** Subjects that could not be published or looked at, and why. */
  readonly failed: readonly string[];
};

/**
 * One pass: reads the chain at its newest block, and publishes what has moved, is missing or ends soon. A card that
 * cannot be published now stops no other; the next pass looks again.
 */
export async function publishOnce(publisher: Publisher): Promise<PassResult> {
  const { client, deployment, log } = publisher;
  const block = await getBlock(client);
  const scores = await publisher.scores();
  const at: HistoryAt = { client, deployment, blockNumber: block.number, cache: publisher.cache };
  const time = Number(block.timestamp);
  const published: string[] = [];
  const failed: string[] = [];
  for (const [subject, draft] of draftsOf(publisher, scores, at, time)) {
    try {
      const found = await draft();
      if (!found) continue;
      await send(publisher, found);
      published.push(subject);
    } catch (error) {
      const { name, message } = decodeError(error);
      failed.push(`${subject}: ${name}`);
      log(`${subject}: ${explain(name, message)}`);
    }
  }
  return { block: block.number, published, failed };
}

/** What to do about the ways in which a publication is overtaken. */
function explain(name: string, message: string): string {
  if (name === 'NonceNotNext') return 'somebody else published a card in between; looking again.';
  if (name === 'CardMovesTooFast')
    return `the time of the limits moved on in between; looking again. ${message}`;
  return message;
}

/** Groups first, since a market is sold with all its cards; pools last, since theirs follow from the markets'. */
function* draftsOf(
  publisher: Publisher,
  scores: ScoreBook,
  at: HistoryAt,
  time: number,
): Generator<[string, () => Promise<Draft | undefined>]> {
  const { markets, pools } = publisher;
  for (const group of new Set(markets.flatMap(({ terms }) => terms.groups))) {
    yield [`group ${group}`, () => groupDraft(publisher, scores, at, time, group)];
  }
  for (const market of markets) {
    yield [`market ${market.name}`, () => marketDraft(publisher, scores, at, time, market)];
  }
  for (const pool of pools) yield [`pool ${pool.name}`, () => poolDraft(publisher, scores, at, time, pool)];
}

async function marketDraft(
  { client, deployment, cwd, signals, ...rest }: Publisher,
  scores: ScoreBook,
  at: HistoryAt,
  time: number,
  market: MarketEntry,
): Promise<Draft | undefined> {
  const found = await readSignals(cwd, signals, market);
  const { blockNumber } = at;
  const wanted = await wantedMarketCard(client, { deployment, market, scores, signals: found, blockNumber });
  const history = await marketHistory(at, market.id);
  const next = step<FlatMarketCard>(flatten(wanted.values), history, marketCautions, time, rest);
  if (!next) return undefined;
  const values: MarketCardValues = unflatten(next.values);
  const card = { ...values, maxCover: BigInt(values.maxCover), market: market.id, ...next.fields };
  return {
    ...next,
    subject: `market ${market.name}`,
    typedData: marketCardTypedData(deployment, card),
    action: (signatures) => publishMarketCard({ deployment, card, signatures }),
  };
}

async function groupDraft(
  { deployment, ...rest }: Publisher,
  scores: ScoreBook,
  at: HistoryAt,
  time: number,
  group: number,
): Promise<Draft | undefined> {
  const next = step(wantedGroupCard(scores, group), await groupHistory(at, group), groupCautions, time, rest);
  if (!next) return undefined;
  const card = { group, ...next.values, ...next.fields };
  return {
    ...next,
    subject: `group ${group}`,
    typedData: groupCardTypedData(deployment, card),
    action: (signatures) => publishGroupCard({ deployment, card, signatures }),
  };
}

async function poolDraft(
  { client, deployment, ...rest }: Publisher,
  scores: ScoreBook,
  at: HistoryAt,
  time: number,
  pool: PoolEntry,
): Promise<Draft | undefined> {
  const wanted = await poolCardOf(client, { deployment, pool, scores, blockNumber: at.blockNumber });
  const next = step(wanted, await poolHistory(at, pool.address), poolCautions, time, rest);
  if (!next) return undefined;
  const card = { pool: pool.address, ...next.values, ...next.fields };
  return {
    ...next,
    subject: `pool ${pool.name}`,
    typedData: poolCardTypedData(deployment, card),
    action: (signatures) => publishPoolCard({ deployment, card, signatures }),
  };
}

/** Whether a card is due, and how far it may move now. */
function step<T extends Readonly<Record<string, number>>>(
  wanted: T,
  { publications, nonce, validUntil }: CardHistory<T>,
  cautions: Cautions<T>,
  time: number,
  { tolerance, validity }: Pick<Publisher, 'tolerance' | 'validity'>,
) {
  const { values, reached } = nextValues(wanted, publications, cautions, time);
  const current = publications.at(-1)?.values;
  const moved = Object.keys(cautions).filter((field) => {
    const [before, after] = [current?.[field] ?? 0, values[field] ?? 0];
    return Math.abs(after - before) > tolerance * before;
  });
  const why =
    nonce === 0
      ? 'first card'
      : moved.length > 0
        ? 'moved'
        : validUntil - time < validity / 2
          ? 'ends soon'
          : undefined;
  if (why === undefined) return undefined;
  const change = moved.map((field) => `${field} ${current?.[field] ?? '-'} -> ${values[field]}`).join(', ');
  return {
    why,
    values,
    reached,
    change,
    nonce: nonce + 1,
    fields: { validUntil: BigInt(time + validity), nonce: nonce + 1 },
  };
}

async function send(publisher: Publisher, draft: Draft): Promise<void> {
  const { client, wallet, deployment, keys, log } = publisher;
  const { list, quorum } = await getPublishers(client, { deployment });
  const known = keys.filter(({ address }) =>
    list.some((each) => each.toLowerCase() === address.toLowerCase()),
  );
  const hash = hashTypedData(draft.typedData);
  const signatures = await Promise.all(
    known
      .slice(0, quorum)
      .map(async (key) => ({ signer: key.address, signature: await signHash(key, hash) })),
  );
  const receipt = await sendAction(wallet, client, draft.action(signatures), { timeout: 60_000 });
  const rest = draft.reached ? '' : '; as far as the limits allow now';
  log(
    `${draft.subject}: published card ${draft.nonce} in block ${receipt.blockNumber} (${draft.why}${
      draft.change ? `: ${draft.change}` : ''
    }${rest}).`,
  );
}

function signHash(key: LocalAccount, hash: `0x${string}`): Promise<`0x${string}`> {
  if (!key.sign) throw new Error(`${key.address} cannot sign`);
  return key.sign({ hash });
}

import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ScoreBook } from '@breakwater/risk';
import {
  type Deployment,
  decodeError,
  getPublishers,
  type MarketEntry,
  type PoolEntry,
  type SignedBy,
  sendAction,
  type Wallet,
} from '@breakwater/sdk';
import { type Client, type Hex, hashTypedData, type LocalAccount } from 'viem';
import { getBlock } from 'viem/actions';
import { jsonText } from '../output.ts';
import type { HistoryAt, HistoryCache } from './cardHistory.ts';
import {
  type Finding,
  groupFinding,
  type Looking,
  type Message,
  marketFinding,
  poolFinding,
} from './findings.ts';

/** What a publisher works with. All that it needs is on the chain and in the files: it can end at any moment. */
export type Publisher = {
  readonly client: Client;
  /** Sends; not asked for while cards are drafted only. */
  readonly wallet: () => Wallet;
  readonly deployment: Deployment;
  /** Keys of publishers: a quorum, unless cards are drafted only. */
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
  /** Folder in which cards are drafted instead of being sent. */
  readonly drafts?: string | undefined;
  /** Spares reading the same blocks again; may be left out. */
  readonly cache?: HistoryCache | undefined;
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
  const looking = { client, deployment, scores, cwd: publisher.cwd, signals: publisher.signals, at, time };
  for (const [subject, find] of findingsOf(publisher, looking)) {
    try {
      const finding = await find();
      const due = dueOf(finding, publisher, time);
      if (!due) continue;
      await (publisher.drafts === undefined ? send(publisher, due) : writeDraft(publisher, due));
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
function* findingsOf(
  { markets, pools }: Publisher,
  looking: Looking,
): Generator<[string, () => Promise<Finding>]> {
  for (const group of new Set(markets.flatMap(({ terms }) => terms.groups))) {
    yield [`group ${group}`, () => groupFinding(looking, group)];
  }
  for (const market of markets) yield [`market ${market.name}`, () => marketFinding(looking, market)];
  for (const pool of pools) yield [`pool ${pool.name}`, () => poolFinding(looking, pool)];
}

/** A card that is to be published. */
type Due = Message & { readonly subject: string; readonly nonce: number; readonly why: string };

/** The card to publish, if one is due. */
function dueOf(finding: Finding, { tolerance, validity }: Publisher, time: number): Due | undefined {
  const { subject, values, current, reached, nonce, validUntil } = finding;
  const moved = Object.keys(values).filter((field) => {
    const [before, after] = [current?.[field] ?? 0, values[field] ?? 0];
    return Math.abs(after - before) > tolerance * before;
  });
  const reason = () => {
    if (nonce === 0) return 'first card';
    if (moved.length > 0) return 'moved';
    return validUntil - time < validity / 2 ? 'ends soon' : undefined;
  };
  const why = reason();
  if (why === undefined) return undefined;
  const change = moved.map((field) => `${field} ${current?.[field] ?? '-'} -> ${values[field]}`).join(', ');
  const fields = { validUntil: BigInt(time + validity), nonce: nonce + 1 };
  return {
    ...finding.message(values, fields),
    subject,
    nonce: nonce + 1,
    why: `${why}${change ? `: ${change}` : ''}${reached ? '' : '; as far as the limits allow now'}`,
  };
}

async function send(publisher: Publisher, due: Due): Promise<void> {
  const { client, wallet, deployment, log } = publisher;
  const { quorum } = await getPublishers(client, { deployment });
  const signatures = (await signaturesOf(publisher, due)).slice(0, quorum);
  const receipt = await sendAction(wallet(), client, due.action(signatures), { timeout: 60_000 });
  log(`${due.subject}: published card ${due.nonce} in block ${receipt.blockNumber} (${due.why}).`);
}

/** Leaves a card with the own signatures in a file, for others to sign and anyone to publish. */
async function writeDraft(publisher: Publisher, due: Due): Promise<void> {
  const { cwd, drafts = '.', log } = publisher;
  const signatures = (await signaturesOf(publisher, due)).map(({ signature }) => signature);
  const name = `${due.subject.replaceAll(/[^A-Za-z0-9]+/g, '-').toLowerCase()}-${due.nonce}.json`;
  const path = resolve(cwd, drafts, name);
  await mkdir(resolve(cwd, drafts), { recursive: true });
  await writeFile(path, jsonText({ card: due.card, signatures }));
  log(`${due.subject}: drafted card ${due.nonce} in ${path} (${due.why}).`);
}

function signaturesOf({ keys }: Publisher, { typedData }: Message): Promise<SignedBy[]> {
  const hash = hashTypedData(typedData);
  return Promise.all(
    keys.map(async (key) => ({ signer: key.address, signature: await signHash(key, hash) })),
  );
}

/** Signs a hash with a key that is held here. */
export function signHash(key: LocalAccount, hash: Hex): Promise<Hex> {
  if (!key.sign) throw new Error(`${key.address} cannot sign`);
  return key.sign({ hash });
}

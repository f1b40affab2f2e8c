import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type FlatMarketCard, flatten, marketCautions, nextValues } from '@breakwater/risk';
import { getPublishers, type MarketCard, marketCardTypedData } from '@breakwater/sdk';
import { hashTypedData } from 'viem';
import { getBlock } from 'viem/actions';
import { cliError } from '../errors.ts';
import { readJson } from '../files.ts';
import { fields, jsonText, type Result } from '../output.ts';
import { hexIn, numberIn, type SignedFile } from '../signed.ts';
import { marketHistory } from './cardHistory.ts';
import type { RiskGiven } from './explainCommand.ts';
import { readKey } from './publishCommand.ts';
import { readScores, readSignals } from './scores.ts';
import { wantedMarketCard } from './wanted.ts';

type SignValues = {
  readonly file: string;
  readonly scores: string;
  readonly signals: string | undefined;
  readonly publisherKeyEnv: string;
  readonly tolerance: number | undefined;
};

/** Runs `breakwater risk sign`. */
export async function signCard({ values, io, open }: RiskGiven<SignValues>): Promise<Result> {
  const { client, deployment, marketEntry } = await open();
  const json = (await readJson(io.cwd, values.file)) as Record<string, unknown>;
  const card = readCard(values.file, json);
  const market = marketEntry(card.market);
  const [scores, signals, key, block, { list }] = await Promise.all([
    readScores(io.cwd, values.scores),
    readSignals(io.cwd, values.signals, market),
    readKey(values.publisherKeyEnv, io),
    getBlock(client),
    getPublishers(client, { deployment }),
  ]);
  if (!list.includes(key.address)) {
    throw cliError('NotPublisher', `${key.address} is not a publisher.`, 'Sign with a publisher’s key.');
  }
  const blockNumber = block.number;
  const own = await wantedMarketCard(client, { deployment, market, scores, signals, blockNumber });
  const { publications } = await marketHistory({ client, deployment, blockNumber }, market.id);
  const time = Number(block.timestamp);
  // Where limits hold a card back, the own one would go no further either.
  const next = nextValues(flatten(own.values), publications, marketCautions, time);
  refuseDifferences(card, next.values, values.tolerance ?? 0.1);
  const hash = hashTypedData(marketCardTypedData(deployment, card));
  if (!key.sign) throw new Error(`${key.address} cannot sign`);
  const signature = await key.sign({ hash });
  const before = Array.isArray(json.signatures) ? json.signatures : [];
  const signatures = [...new Set([...before, signature])];
  await writeFile(resolve(io.cwd, values.file), jsonText({ ...json, signatures }));
  return {
    data: { market: market.id, nonce: card.nonce, signer: key.address, signatures: signatures.length },
    text: fields([
      ['Signed', `card ${card.nonce} of market ${market.name}`],
      ['By', key.address],
      ['Signatures', signatures.length],
    ]),
  };
}

function readCard(path: string, json: Record<string, unknown>): MarketCard {
  const file: SignedFile = { path, fields: (json.card ?? {}) as Record<string, unknown>, signatures: [] };
  const small = (name: string) => Number(numberIn(file, name));
  const weights = Array.isArray(file.fields.w) ? file.fields.w : [];
  const weight = (i: number) => Number(weights[i] ?? 0);
  return {
    market: hexIn(file, 'market'),
    el: small('el'),
    v: small('v'),
    w: [weight(0), weight(1), weight(2), weight(3)],
    maxShare: small('maxShare'),
    maxCover: numberIn(file, 'maxCover'),
    validUntil: numberIn(file, 'validUntil'),
    nonce: small('nonce'),
  };
}

/** A publisher signs what it would have found itself, or nearly. */
function refuseDifferences(card: MarketCard, wanted: FlatMarketCard, tolerance: number): void {
  const drafted = flatten({ ...card, maxCover: Number(card.maxCover) });
  const differing = Object.keys(wanted).filter((field) => {
    const [a, b] = [drafted[field as keyof typeof drafted], wanted[field as keyof typeof wanted]];
    return Math.abs(a - b) > tolerance * b;
  });
  if (differing.length === 0) return;
  const list = differing.map(
    (field) =>
      `${field} ${drafted[field as keyof typeof drafted]} (own: ${wanted[field as keyof typeof wanted]})`,
  );
  throw cliError(
    'CardDiffers',
    `The card differs from the own one: ${list.join(', ')}.`,
    'Compare the score books, or accept more with --tolerance.',
  );
}

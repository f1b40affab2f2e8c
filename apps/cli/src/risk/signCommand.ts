import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MAX_VALIDITY } from '@breakwater/risk';
import { getPublishers } from '@breakwater/sdk';
import { hashTypedData } from 'viem';
import { getBlock } from 'viem/actions';
import { cliError } from '../errors.ts';
import { readJson } from '../files.ts';
import { fields, jsonText, type Result } from '../output.ts';
import type { Session } from '../session.ts';
import { invalid, numberIn, readSigned, type SignedFile } from '../signed.ts';
import type { RiskGiven } from './explainCommand.ts';
import { type Finding, groupFinding, type Looking, marketFinding, poolFinding } from './findings.ts';
import { readKey } from './publishCommand.ts';
import { signHash } from './publisher.ts';
import { readScores } from './scores.ts';

type SignValues = {
  readonly file: string;
  readonly scores: string;
  readonly signals: string | undefined;
  readonly publisherKeyEnv: string;
  readonly tolerance: number | undefined;
};

/** Runs `breakwater risk sign`. */
export async function signCard({ values, io, open }: RiskGiven<SignValues>): Promise<Result> {
  const session = await open();
  const { client, deployment } = session;
  const file = await readSigned(io.cwd, values.file, 'card');
  const [scores, key, block, { list }] = await Promise.all([
    readScores(io.cwd, values.scores),
    readKey(values.publisherKeyEnv, io),
    getBlock(client),
    getPublishers(client, { deployment }),
  ]);
  if (!list.includes(key.address)) {
    throw cliError('NotPublisher', `${key.address} is not a publisher.`, 'Sign with a key of one.');
  }
  const finding = await findingOf(session, file, {
    client,
    deployment,
    scores,
    cwd: io.cwd,
    signals: values.signals,
    at: { client, deployment, blockNumber: block.number },
    time: Number(block.timestamp),
  });
  const drafted = valuesOf(file, finding);
  refuseDifferences(drafted, finding, values.tolerance ?? 0.1);
  const validUntil = numberIn(file, 'validUntil');
  const nonce = Number(numberIn(file, 'nonce'));
  if (nonce !== finding.nonce + 1 || validUntil > block.timestamp + BigInt(MAX_VALIDITY)) {
    throw invalid(file.path, `it is not card ${finding.nonce + 1}, or it is valid for more than 30 days`);
  }
  const { typedData } = finding.message(drafted, { validUntil, nonce });
  const signature = await signHash(key, hashTypedData(typedData));
  const signatures = [...new Set([...file.signatures, signature])];
  const json = (await readJson(io.cwd, values.file)) as Record<string, unknown>;
  await writeFile(resolve(io.cwd, values.file), jsonText({ ...json, signatures }));
  return {
    data: { subject: finding.subject, nonce, signer: key.address, signatures: signatures.length },
    text: fields([
      ['Signed', `card ${nonce} of ${finding.subject}`],
      ['By', key.address],
      ['Signatures', signatures.length],
    ]),
  };
}

/** What this publisher finds itself about the card's subject. */
function findingOf(session: Session, file: SignedFile, looking: Looking): Promise<Finding> {
  const { market, group, pool } = file.fields;
  if (typeof market === 'string') return marketFinding(looking, session.marketEntry(market));
  if (typeof pool === 'string') return poolFinding(looking, session.pool(pool));
  if (group !== undefined) return groupFinding(looking, Number(numberIn(file, 'group')));
  throw invalid(file.path, 'its card is of no market, group or pool');
}

/** The card's values by field, weights each a field. */
function valuesOf(file: SignedFile, { values }: Finding): Record<string, number> {
  const { w } = file.fields;
  const weights = Array.isArray(w) ? Object.fromEntries(w.map((weight, i) => [`w${i}`, weight])) : {};
  const flat = { ...file, fields: { ...file.fields, ...weights } };
  return Object.fromEntries(Object.keys(values).map((field) => [field, Number(numberIn(flat, field))]));
}

/** A publisher signs what it would have found itself, or nearly. */
function refuseDifferences(
  drafted: Readonly<Record<string, number>>,
  { values }: Finding,
  tolerance: number,
): void {
  const differing = Object.entries(values).filter(
    ([field, own]) => Math.abs((drafted[field] ?? 0) - own) > tolerance * own,
  );
  if (differing.length === 0) return;
  const list = differing.map(([field, own]) => `${field} ${drafted[field]} (own: ${own})`).join(', ');
  throw cliError(
    'CardDiffers',
    `The card differs from the own one: ${list}.`,
    'Compare the score books, or accept more with --tolerance.',
  );
}

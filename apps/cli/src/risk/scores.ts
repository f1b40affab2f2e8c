import { parseScoreBook, type ScoreBook, type ThreatSignal } from '@breakwater/risk';
import type { MarketEntry } from '@breakwater/sdk';
import { cliError } from '../errors.ts';
import { readJson } from '../files.ts';

/**
 * Reads the score book.
 * @throws FileUnreadable, ScoresInvalid
 */
export async function readScores(cwd: string, path: string): Promise<ScoreBook> {
  const json = await readJson(cwd, path);
  try {
    return parseScoreBook(json);
  } catch (error) {
    throw cliError(
      'ScoresInvalid',
      `${path} is no score book: ${(error as Error).message}`,
      'Correct the file.',
    );
  }
}

/** A market's score, by its name or id. */
export function scoreOf({ markets }: ScoreBook, { id, name }: MarketEntry) {
  const score = markets.get(name.toLowerCase()) ?? markets.get(id);
  if (score) return score;
  throw cliError(
    'ScoreMissing',
    `The score book has no market ${name} (${id}).`,
    'Add it, or name the markets to publish with --market.',
  );
}

/**
 * Reads threat signals: `[{ market, reason, multiplier, seenAt, halfLifeDays? }]`, the market by name or id, `seenAt` in
 * seconds or as a date. No file means no signals.
 * @throws FileUnreadable, SignalsInvalid
 */
export async function readSignals(
  cwd: string,
  path: string | undefined,
  market: MarketEntry,
): Promise<ThreatSignal[]> {
  if (path === undefined) return [];
  const json = await readJson(cwd, path);
  if (!Array.isArray(json)) throw invalid(path, 'it is not a list');
  return json.flatMap((each: Record<string, unknown>, i) => {
    const of = String(each?.market).toLowerCase();
    if (of !== market.name.toLowerCase() && of !== market.id) return [];
    const { reason, multiplier, seenAt, halfLifeDays } = each;
    const time = typeof seenAt === 'string' ? Date.parse(seenAt) / 1_000 : seenAt;
    if (typeof multiplier !== 'number' || !(multiplier >= 1)) {
      throw invalid(path, `signal ${i + 1} has no multiplier from 1`);
    }
    if (typeof time !== 'number' || !Number.isFinite(time))
      throw invalid(path, `signal ${i + 1} has no seenAt`);
    if (halfLifeDays !== undefined && !(typeof halfLifeDays === 'number' && halfLifeDays > 0)) {
      throw invalid(path, `halfLifeDays of signal ${i + 1} is not above 0`);
    }
    const halfLife = typeof halfLifeDays === 'number' ? halfLifeDays * 86_400 : undefined;
    return [{ reason: String(reason), multiplier, seenAt: time, halfLife }];
  });
}

function invalid(path: string, problem: string) {
  return cliError('SignalsInvalid', `${path} holds no threat signals: ${problem}.`, 'Correct the file.');
}

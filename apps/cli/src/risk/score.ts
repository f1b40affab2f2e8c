import { formatScores, type Score, scoreProtocols } from '@breakwater/risk';
import type { Given } from '../command.ts';
import { writeText } from '../files.ts';
import type { Options } from '../options.ts';
import type { Result } from '../output.ts';
import { type ListValues, readList } from './list.ts';

type ScoreValues = ListValues & { readonly horizon: number; readonly out: string | undefined };

/** `breakwater risk score`. */
export async function score({
  values,
  io,
  progress,
}: Pick<Given<Options>, 'io' | 'progress'> & { readonly values: ScoreValues }): Promise<Result> {
  const list = await readList(values, io.cwd, progress);
  progress(`Scoring ${list.protocols.length} protocols as of ${values.asof}, ${values.horizon} years`);
  const scores = scoreProtocols({ ...list, horizon: values.horizon });
  return written(scores, values.out, io.cwd, progress);
}

async function written(
  scores: readonly Score[],
  out: string | undefined,
  cwd: string,
  progress: (line: string) => void,
): Promise<Result> {
  const csv = formatScores(scores);
  const expected = scores.reduce((sum, one) => sum + one.expected, 0);
  if (out === undefined) return { data: scores, text: csv };
  await writeText(cwd, out, csv);
  progress(`Wrote ${out}.`);
  const text = `${scores.length} protocols, ${expected.toFixed(1)} exploits expected\n`;
  return { data: { out, protocols: scores.length, expected }, text };
}

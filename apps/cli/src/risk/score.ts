import { writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  formatScores,
  historyOf,
  parseDay,
  parseParameters,
  type Score,
  scoreProtocols,
} from '@breakwater/risk';
import type { Given } from '../command.ts';
import { cliError, UsageError } from '../errors.ts';
import { readJson, readTextIfPresent, root } from '../files.ts';
import type { Options } from '../options.ts';
import type { Result } from '../output.ts';
import { dayOf, loadIncidents, loadProtocols } from './load.ts';

/** The parameters that are used where no others are named. */
export const committedParameters = join(root, 'packages', 'risk', 'params', 'hazard.json');

type ScoreValues = {
  readonly protocols: string;
  readonly asof: string;
  readonly horizon: number;
  readonly out: string | undefined;
  readonly incidents: string | undefined;
  readonly noIncidents: true | undefined;
  readonly params: string | undefined;
};

/** `breakwater risk score`. */
export async function score({
  values,
  io,
  progress,
}: Pick<Given<Options>, 'io' | 'progress'> & { readonly values: ScoreValues }): Promise<Result> {
  if (values.incidents !== undefined && values.noIncidents) {
    throw new UsageError('Give --incidents or --no-incidents, not both.', 'risk score');
  }
  const loading = { cwd: io.cwd, progress };
  const asOf = dayOf(values.asof);
  const parameters = parseParameters(await readJson(io.cwd, values.params ?? committedParameters));
  if ((parseDay(parameters.provenance.asOf) ?? 0) > asOf) {
    progress(
      `The parameters were fitted on events until ${parameters.provenance.asOf}, after ${values.asof}: scores are not out of time. Fit with --asof ${values.asof} and give --params for that.`,
    );
  }
  const protocols = await loadProtocols(values.protocols, values.asof, loading);
  const source = values.noIncidents
    ? undefined
    : (values.incidents ?? (await beside(values.protocols, io.cwd)));
  if (source === undefined) progress('No incidents: it is not known who was exploited before.');
  const incidents =
    source === undefined ? undefined : await loadIncidents(source, protocols.records, loading);
  const history =
    incidents === undefined ? undefined : historyOf(incidents.records.filter(({ day }) => day < asOf));
  progress(`Scoring ${protocols.records.length} protocols as of ${values.asof}, ${values.horizon} years`);
  const scores = scoreProtocols({
    protocols: protocols.records,
    parameters,
    asOf,
    horizon: values.horizon,
    history,
  });
  return written(scores, values.out, io.cwd, progress);
}

/** The file incidents.csv beside a list of protocols, where there is one. */
async function beside(protocols: string, cwd: string): Promise<string | undefined> {
  if (/^https?:/.test(protocols)) return undefined;
  const path = join(dirname(resolve(cwd, protocols)), 'incidents.csv');
  return (await readTextIfPresent(path)) === undefined ? undefined : path;
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
  try {
    await writeFile(resolve(cwd, out), csv);
  } catch (error) {
    throw cliError(
      'FileUnwritable',
      `${out} cannot be written: ${(error as Error).message}.`,
      'Check the path.',
      error,
    );
  }
  progress(`Wrote ${out}.`);
  const text = `${scores.length} protocols, ${expected.toFixed(1)} exploits expected\n`;
  return { data: { out, protocols: scores.length, expected }, text };
}

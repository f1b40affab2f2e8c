import { dirname, join, resolve } from 'node:path';
import { historyOf, type ListInputs, parseDay } from '@breakwater/risk';
import { UsageError } from '../errors.ts';
import { readTextIfPresent } from '../files.ts';
import { dayOf, loadIncidents, loadProtocols } from './load.ts';
import { readParameters } from './parameters.ts';

/** What commands that score a list are told. */
export type ListValues = {
  readonly protocols: string;
  readonly asof: string;
  readonly incidents: string | undefined;
  readonly noIncidents: true | undefined;
  readonly params: string | undefined;
};

/** Reads the list that is to be scored, the parameters, and who was exploited before the day. */
export async function readList(
  values: ListValues,
  cwd: string,
  progress: (line: string) => void,
): Promise<ListInputs> {
  if (values.incidents !== undefined && values.noIncidents) {
    throw new UsageError('Give --incidents or --no-incidents, not both.');
  }
  const loading = { cwd, progress };
  const asOf = dayOf(values.asof);
  const parameters = await readParameters(cwd, values.params);
  if ((parseDay(parameters.provenance.asOf) ?? 0) > asOf) {
    progress(
      `The parameters were fitted on events until ${parameters.provenance.asOf}, after ${values.asof}: scores are not out of time. Fit with --asof ${values.asof} and give --params for that.`,
    );
  }
  const { records: protocols } = await loadProtocols(values.protocols, values.asof, loading);
  const source = values.noIncidents ? undefined : (values.incidents ?? (await beside(values.protocols, cwd)));
  if (source === undefined) {
    progress('No incidents: it is not known who was exploited before.');
    return { protocols, parameters, asOf };
  }
  const { records } = await loadIncidents(source, protocols, loading);
  return { protocols, parameters, asOf, history: historyOf(records.filter(({ day }) => day < asOf)) };
}

/** The file incidents.csv beside a list of protocols, where there is one. */
async function beside(protocols: string, cwd: string): Promise<string | undefined> {
  if (/^https?:/.test(protocols)) return undefined;
  const path = join(dirname(resolve(cwd, protocols)), 'incidents.csv');
  return (await readTextIfPresent(path)) === undefined ? undefined : path;
}

import { type Estimate, fitRisk, formatParameters, type RiskParameters } from '@breakwater/risk';
import type { Given } from '../command.ts';
import { cliError, UsageError } from '../errors.ts';
import { readText, writeText } from '../files.ts';
import type { Options } from '../options.ts';
import { type Result, table } from '../output.ts';
import { version } from '../version.ts';
import { dayOf, loadIncidents, loadProtocols } from './load.ts';

type FitValues = {
  readonly incidents: string;
  readonly protocols: string;
  readonly asof: string;
  readonly out: string | undefined;
  readonly check: true | undefined;
  readonly seed: bigint | undefined;
};

/** `breakwater risk fit`. */
export async function fit({
  values,
  io,
  progress,
}: Pick<Given<Options>, 'io' | 'progress'> & { readonly values: FitValues }): Promise<Result> {
  if (values.check && values.out === undefined) {
    throw new UsageError('--check compares with a file: name it with --out.', 'risk fit');
  }
  const loading = { cwd: io.cwd, progress };
  const protocols = await loadProtocols(values.protocols, values.asof, loading);
  const incidents = await loadIncidents(values.incidents, protocols.records, loading);
  const parameters = fitRisk({
    protocols: protocols.records,
    incidents: incidents.records,
    asOf: dayOf(values.asof),
    engine: `@breakwater/risk ${version}`,
    inputs: { incidents: incidents.input, protocols: protocols.input },
    seed: Number(values.seed ?? 1n),
    progress,
  });
  const text = formatParameters(parameters);
  if (values.out !== undefined) {
    if (values.check) await compare(io.cwd, values.out, text);
    else await writeText(io.cwd, values.out, text);
    progress(values.check ? `${values.out} is what these records give.` : `Wrote ${values.out}.`);
  }
  const { provenance, figures, diagnostics } = parameters;
  return { data: { provenance, figures, diagnostics }, text: summary(parameters) };
}

async function compare(cwd: string, path: string, text: string): Promise<void> {
  if ((await readText(cwd, path)) === text) return;
  throw cliError(
    'ParametersDiffer',
    `${path} is not what these records give.`,
    'Give the records and the day that its provenance names, or write it anew without --check.',
  );
}

function summary({ provenance, hazard, severity, dependence, figures }: RiskParameters): string {
  const { start, end } = provenance.followUp;
  const rows = [
    ...Object.entries(figures),
    ['age below 91 days', hazard.age[0]],
    ['age below 183 days', hazard.age[1]],
    ['run-off a year', span(hazard.runOff.value, hazard.runOff.se)],
    ['variance between protocols', hazard.structuralVariance],
    ['mean loss share', severity.lossShareIntervals.mean],
    ['total loss', severity.lossShareIntervals.totalMass],
    ['loss elasticity', severity.elasticity],
    ['tail shape', severity.tailShape],
    ['correlation', dependence.correlation],
  ] as readonly (readonly [string, Estimate])[];
  return `Follow-up ${start} to ${end}\n${table(
    ['Figure', 'Value', '95 % interval'],
    rows.map(([name, { value, low, high }]) => [name, digits(value), `${digits(low)} to ${digits(high)}`]),
  )}`;
}

function span(value: number, se: number): Estimate {
  return { value, low: value - 1.96 * se, high: value + 1.96 * se };
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

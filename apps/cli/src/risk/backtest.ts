import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  BOOK,
  compare,
  engineScheme,
  fitRisk,
  flatScheme,
  formatDay,
  type Judged,
  judge,
  judgeVariations,
  LARGE,
  mergeEvents,
  neptuneScheme,
  nexusScheme,
  parseDay,
  type Records,
  reportOn,
  type Split,
  splitsOf,
  yearBooks,
} from '@breakwater/risk';
import type { Given } from '../command.ts';
import { cliError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Result } from '../output.ts';
import { dayOf, loadIncidents, loadProtocols } from './load.ts';
import { plotsOf } from './plots.ts';
import {
  decileTable,
  figuresTable,
  type NamedReport,
  schemeTable,
  short,
  signed,
  validationTable,
  variationTable,
  yearTable,
} from './tables.ts';

type BacktestValues = {
  readonly incidents: string;
  readonly protocols: string;
  readonly asof: string;
  readonly docs: string | undefined;
  readonly draws: bigint | undefined;
  readonly seed: bigint | undefined;
};

type Settings = { readonly seed: number; readonly draws: number; readonly progress: (line: string) => void };

/** `breakwater risk backtest`. */
export async function backtest({
  values,
  io,
  progress,
}: Pick<Given<Options>, 'io' | 'progress'> & { readonly values: BacktestValues }): Promise<Result> {
  const settings = { seed: Number(values.seed ?? 1n), draws: Number(values.draws ?? 1_000n), progress };
  const loading = { cwd: io.cwd, progress };
  const end = dayOf(values.asof);
  const protocols = await loadProtocols(values.protocols, values.asof, loading);
  const incidents = await loadIncidents(values.incidents, protocols.records, loading);
  const known = incidents.records.filter(({ day }) => day < end);
  const records: Records = { protocols: protocols.records, incidents: known, events: mergeEvents(known) };
  const parameters = fitRisk({
    protocols: protocols.records,
    incidents: known,
    asOf: end,
    engine: '',
    inputs: { incidents: incidents.input, protocols: protocols.input },
    seed: settings.seed,
    progress,
  });
  const listDay = parseDay(parameters.provenance.listDay) ?? 0;
  const splits = splitsOf(listDay, end);
  const validations = splits.map((split) => validate(records, split, settings));
  const variations = variationsOf(records, splits, settings);
  progress('Pricing the first list year by year');
  const books = yearBooks(records, listDay, end, BOOK, progress);
  const rate = compare(books, [engineScheme], { ...settings, times: 1 })[0]?.rate ?? 0;
  const schemes = [
    engineScheme,
    flatScheme(rate),
    flatScheme(0.025),
    nexusScheme(0.01),
    nexusScheme(0.025),
    neptuneScheme,
  ];
  const results = compare(books, schemes, { seed: settings.seed, times: settings.draws });
  const [ours] = results;
  const large = validations[0]?.find(({ set, model }) => set.startsWith('$1M') && model === 'full');
  const tables: Readonly<Record<string, string>> = {
    figures: figuresTable(parameters),
    ...Object.fromEntries(validations.map((reports, i) => [`validation${i + 1}`, validationTable(reports)])),
    deciles: large ? decileTable(large.report) : '',
    variations,
    schemes: schemeTable(results),
    years: ours ? yearTable(ours) : '',
  };
  if (values.docs !== undefined) {
    const folder = resolve(io.cwd, values.docs);
    await writeDocs(folder, tables, plotsOf(large?.report, results, books, records));
    progress(`Wrote plots and tables into ${values.docs}.`);
  }
  return { data: { validations, results, parameters: parameters.diagnostics }, text: textOf(tables, splits) };
}

/** Both sets of protocols, all models. */
function validate(
  records: Records,
  split: Split,
  { seed, draws, progress }: Settings,
): readonly NamedReport[] {
  progress(`Judging what follows ${formatDay(split.split)} by what was known then`);
  const judged = judge(records, split);
  const sets: readonly (readonly [string, readonly Judged[]])[] = [
    ['$1M and more', judged.filter(({ tvlUsd }) => tvlUsd >= LARGE)],
    ['all', judged],
  ];
  return sets.flatMap(([set, members]) =>
    ['baseline', 'baselineCategories', 'full'].map((model) => {
      const report = reportOn(members, model, 'baseline', { seed, times: draws });
      return { set: `${set}: ${report.protocols}, ${report.events} exploits`, model, report };
    }),
  );
}

function variationsOf(records: Records, splits: readonly Split[], { seed, progress }: Settings): string {
  progress('Judging variations of the model');
  const judged = splits.map((split) =>
    judgeVariations(records, split).filter(({ tvlUsd }) => tvlUsd >= LARGE),
  );
  const names = Object.keys(judged[0]?.[0]?.by ?? {}).filter((name) => name !== 'full');
  const rows = names.map((name) => [
    name,
    ...judged.flatMap((members) => {
      const { gain, logLossChange } = reportOn(members, name, 'full', { seed, times: 2 });
      return [signed(gain.value), signed(Math.round(logLossChange.value * 1e5) / 10)];
    }),
  ]);
  return variationTable(
    splits.map(({ split }) => formatDay(split)),
    rows,
  );
}

function textOf(tables: Readonly<Record<string, string>>, splits: readonly Split[]): string {
  const titles: Readonly<Record<string, string>> = {
    figures: 'Figures',
    ...Object.fromEntries(
      splits.map(({ split }, i) => [`validation${i + 1}`, `Out of time, split ${formatDay(split)}`]),
    ),
    deciles: 'Calibration, first split, $1M and more',
    variations: 'Variations of the model, $1M and more',
    schemes: `The same covers at other prices, capital ${short(1 / BOOK.gearing)} of cover`,
    years: 'Our price by year',
  };
  return Object.entries(tables)
    .map(([name, table]) => `${titles[name] ?? name}\n${table}\n`)
    .join('\n');
}

/** Files that tables are written into. */
const documents = ['risk-model.md', 'backtest.md'];

async function writeDocs(
  folder: string,
  tables: Readonly<Record<string, string>>,
  plots: Readonly<Record<string, string>>,
): Promise<void> {
  try {
    for (const [name, svg] of Object.entries(plots)) await writeFile(join(folder, name), svg);
    for (const document of documents) {
      const path = join(folder, document);
      await writeFile(path, withTables(await readFile(path, 'utf8'), tables));
    }
  } catch (error) {
    throw cliError(
      'FileUnwritable',
      `The documents cannot be written: ${(error as Error).message}.`,
      `Give the folder that holds ${documents.join(' and ')}.`,
      error,
    );
  }
}

/** A document with each table between its markers, `<!-- NAME:start -->` and `<!-- NAME:end -->`. */
export function withTables(text: string, tables: Readonly<Record<string, string>>): string {
  return text.replace(/(<!-- (\w+):start -->\n)[\s\S]*?(<!-- \2:end -->)/g, (all, start, name, end) =>
    tables[name] === undefined ? all : `${start}\n${tables[name]}\n\n${end}`,
  );
}

import {
  type Estimate,
  type ModelReport,
  poissonInterval,
  type RiskParameters,
  type SchemeResult,
} from '@breakwater/risk';
import { agrees, comparisons } from './reference.ts';

/** A Markdown table, columns aligned. */
export function markdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, k) => Math.max(3, ...all.map((row) => (row[k] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, k) => (cells[k] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(heading), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A number with three significant digits. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (Math.abs(value) < 1e-9) return '0';
  return String(Number(value.toPrecision(3)));
}

function interval({ low, high }: Estimate, write: (value: number) => string = short): string {
  return `${write(low)} to ${write(high)}`;
}

const writers = {
  percent: (value: number) => `${short(value * 100)} %`,
  factor: (value: number) => `x${short(value)}`,
  plain: short,
} as const;

/** Known figures beside ours. */
export function figuresTable(parameters: RiskParameters): string {
  const rows = comparisons(parameters).map((one) => {
    const write = writers[one.unit];
    const known = one.knownInterval ? ` (${one.knownInterval.map(write).join(' to ')})` : '';
    return [
      one.name,
      write(one.known) + known,
      write(one.ours.value),
      interval(one.ours, write),
      agrees(one) ? 'yes' : 'no',
      one.note ?? '',
    ];
  });
  return markdownTable(['Figure', 'Known', 'Ours', '95 % interval', 'Agrees', 'Note'], rows);
}

/** A model's report with what it is of. */
export type NamedReport = { readonly set: string; readonly model: string; readonly report: ModelReport };

const modelNames: Readonly<Record<string, string>> = {
  baseline: 'baseline: size, lending, age',
  baselineCategories: 'baseline with every category',
  full: 'ours',
};

/** Out-of-time scores. */
export function validationTable(reports: readonly NamedReport[]): string {
  const rows = reports.map(({ set, model, report }) => [
    set,
    modelNames[model] ?? model,
    `${report.auc.value.toFixed(3)} (${interval(report.auc)})`,
    model === 'baseline' ? '-' : `${signed(report.gain.value)} (${interval(report.gain)})`,
    `${report.logLoss.value.toFixed(4)} (${interval(report.logLoss)})`,
    model === 'baseline' ? '-' : `${signed(report.logLossChange.value)} (${interval(report.logLossChange)})`,
    `${report.brier.value.toFixed(5)} (${interval(report.brier)})`,
    `${report.expectedOverSeen.value.toFixed(2)} (${interval(report.expectedOverSeen)})`,
  ]);
  return markdownTable(
    ['Protocols', 'Model', 'AUC', 'AUC gain', 'Log loss', 'Change', 'Brier', 'Expected / seen'],
    rows,
  );
}

/** Expected and seen exploits by tenths. */
export function decileTable(report: ModelReport): string {
  const rows = report.deciles.map(({ size, expected, events }, i) => [
    String(i + 1),
    String(size),
    expected.toFixed(1),
    String(events),
    poissonInterval(events)
      .map((bound) => bound.toFixed(1))
      .join(' to '),
  ]);
  return markdownTable(['Tenth, safest first', 'Protocols', 'Expected', 'Seen', 'Mean of seen, 95 %'], rows);
}

/** What one term more or one group less did, for each split. */
export function variationTable(splits: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable(
    ['Variation', ...splits.flatMap((split) => [`AUC, ${split}`, 'log loss, 1e-4'])],
    rows,
  );
}

/** Schemes beside one another. */
export function schemeTable(results: readonly SchemeResult[]): string {
  const percent = writers.percent;
  const rows = results.map((one) => [
    one.name,
    percent(one.rate),
    `${percent(one.lossRatio.value)} (${interval(one.lossRatio, percent)})`,
    `${percent(one.combinedRatio.value)} (${interval(one.combinedRatio, percent)})`,
    percent(one.ruin),
    percent(one.capitalNeeded),
    spread(one.byRisk),
  ]);
  return markdownTable(
    [
      'Price',
      'Rate on cover',
      'Loss ratio',
      'Combined ratio',
      'Ruin',
      'Capital for 99.5 %',
      'Loss ratio by fifth of risk',
    ],
    rows,
  );
}

function spread(ratios: readonly number[]): string {
  return ratios.map((ratio) => `${Math.round(ratio * 100)}`).join(', ');
}

/** The years of one scheme. */
export function yearTable({ years }: SchemeResult): string {
  const million = (value: number) => (value / 1e6).toFixed(1);
  const rows = years.map((one, i) => [
    String(i + 1),
    million(one.cover),
    million(one.capital),
    `${short(one.utilisation * 100)} %`,
    million(one.premium),
    million(one.claims),
    String(one.events),
  ]);
  return markdownTable(
    ['Year', 'Cover, $M', 'Capital, $M', 'u', 'Premium, $M', 'Claims, $M', 'Exploits'],
    rows,
  );
}

export function signed(value: number): string {
  return `${value >= 0 ? '+' : '-'}${short(Math.abs(value))}`;
}

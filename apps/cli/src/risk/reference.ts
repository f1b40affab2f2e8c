import type { Estimate, RiskParameters } from '@breakwater/risk';

/** A figure that was known before this fit, and ours. */
export type Comparison = {
  readonly name: string;
  readonly known: number;
  readonly knownInterval?: readonly [number, number];
  readonly ours: Estimate;
  /** How it is written. */
  readonly unit: 'percent' | 'factor' | 'plain';
  readonly note?: string;
};

/** Whether the known figure lies within our interval. */
export function agrees({ known, ours }: Comparison): boolean {
  return known >= ours.low && known <= ours.high;
}

/** What an earlier study of public records (2016 to 2026) found, beside what this fit finds. */
export function comparisons({
  hazard,
  severity,
  dependence,
  figures,
}: RiskParameters): readonly Comparison[] {
  const unknown = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const figure = (name: string) => figures[name] ?? unknown;
  const share = (name: string) => severity.lossShareIntervals[name] ?? unknown;
  const later = hazard.levels.at(-1) ?? { log: 0, se: 0 };
  const first = figure('rateYear1');
  const scaled = (z: number) => first.value * Math.exp(later.log + z * Math.hypot(later.se, 0.17));
  return [
    {
      name: 'Exploits a protocol-year, first year',
      known: 0.05,
      knownInterval: [0.036, 0.069],
      ours: first,
      unit: 'percent',
    },
    {
      name: 'The same in 2026, protocols as in the 2023 list',
      known: 0.033,
      knownInterval: [0.018, 0.054],
      ours: { value: scaled(0), low: scaled(-1.96), high: scaled(1.96) },
      unit: 'percent',
      note: 'level of the 2026 list; nothing of it is followed up yet',
    },
    {
      name: 'Effect of a decade of value locked',
      known: 2.36,
      knownInterval: [1.9, 2.9],
      ours: figure('sizeEffect'),
      unit: 'factor',
    },
    { name: 'Lending', known: 1.85, knownInterval: [1.1, 3], ours: figure('lending'), unit: 'factor' },
    { name: 'Listed for less than 3 months', known: 2.1, ours: hazard.age[0], unit: 'factor' },
    { name: 'Listed for 3 to 6 months', known: 1.7, ours: hazard.age[1], unit: 'factor' },
    {
      name: 'Audit flag',
      known: 1.75,
      knownInterval: [1.02, 2.98],
      ours: figure('audited'),
      unit: 'factor',
      note: 'the flag alone; what else it was controlled for is not known',
    },
    { name: 'Mean loss share', known: 0.26, ours: share('mean'), unit: 'plain' },
    { name: 'Median loss share', known: 0.1, ours: share('median'), unit: 'plain' },
    { name: 'Total losses', known: 0.087, ours: share('totalMass'), unit: 'percent' },
    { name: 'Beta, alpha', known: 0.374, ours: share('alpha'), unit: 'plain' },
    { name: 'Beta, beta', known: 1.551, ours: share('beta'), unit: 'plain' },
    { name: 'Elasticity of the loss in value locked', known: 0.43, ours: severity.elasticity, unit: 'plain' },
    { name: 'Tail shape above $1M', known: 1.11, ours: severity.tailShape, unit: 'plain' },
    {
      name: 'Expected loss of value locked a year',
      known: 0.008,
      ours: figure('purePremium'),
      unit: 'percent',
      note: 'rate times mean share; large protocols lose a smaller one',
    },
    {
      name: 'Variance between protocols beyond size, category and age',
      known: 1 / (150 * 0.05),
      ours: figure('baselineVariance'),
      unit: 'plain',
      note: 'k = 150 protocol-years at 5 %',
    },
    {
      name: 'Correlation of all exploits',
      known: 0.002,
      knownInterval: [0, 0.016],
      ours: dependence.correlation,
      unit: 'plain',
      note: 'prices use at least 0.02',
    },
  ];
}

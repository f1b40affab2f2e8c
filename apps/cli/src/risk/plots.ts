import { type ModelReport, type Records, type SchemeResult, svgPlot, type YearBook } from '@breakwater/risk';

/** The plots of the documents, by file name. */
export function plotsOf(
  report: ModelReport | undefined,
  results: readonly SchemeResult[],
  books: readonly YearBook[],
  records: Records,
): Readonly<Record<string, string>> {
  return {
    ...(report ? { 'risk-calibration.svg': calibration(report) } : {}),
    'backtest-combined.svg': combined(results),
    'backtest-by-risk.svg': byRisk(results),
    'backtest-course.svg': course(results, books, records),
  };
}

function calibration({ deciles }: ModelReport): string {
  const points = (of: (one: ModelReport['deciles'][number]) => number) =>
    deciles.map((one, x) => ({ x, y: of(one) }));
  return svgPlot({
    title: 'Exploits out of time by tenths of predicted risk, protocols with $1M and more',
    x: 'tenth, safest first',
    y: 'exploits',
    labels: deciles.map((_, i) => String(i + 1)),
    series: [
      { name: 'expected', kind: 'bars', points: points(({ expected }) => expected) },
      { name: 'seen', kind: 'bars', points: points(({ events }) => events) },
    ],
  });
}

function combined(results: readonly SchemeResult[]): string {
  return svgPlot({
    title: 'Combined ratio on the same covers, with its 95 % interval',
    x: 'price',
    y: 'claims and fees over premium',
    labels: results.map(({ name }) => name.replace(' formula, target', '').replace(/ formula.*/, '')),
    reference: 1,
    series: [
      {
        name: 'combined ratio',
        kind: 'points',
        points: results.map(({ combinedRatio: { value, low, high } }, x) => ({ x, y: value, low, high })),
      },
    ],
  });
}

/** Ours beside one rate for all that brings as much premium. */
function byRisk(results: readonly SchemeResult[]): string {
  return svgPlot({
    title: 'Loss ratio by fifth of risk: our price, and one rate for all with as much premium',
    x: 'fifth of cover by our expected loss, safest first',
    y: 'claims over premium',
    labels: ['1', '2', '3', '4', '5'],
    series: results.slice(0, 2).map(({ name, byRisk: ratios }) => ({
      name,
      kind: 'bars',
      points: ratios.map((y, x) => ({ x, y })),
    })),
  });
}

/** Premium earned and claims paid since the start, by quarter. */
function course([ours]: readonly SchemeResult[], books: readonly YearBook[], { events }: Records): string {
  const million = 1e6;
  const steps: { x: number; premium: number; claims: number }[] = [{ x: 0, premium: 0, claims: 0 }];
  let premium = 0;
  let claims = 0;
  for (const [year, book] of books.entries()) {
    const covers = new Map(book.covers.map((one) => [one.slug, one]));
    for (let quarter = 0; quarter < 4; quarter++) {
      const from = book.start + (book.years * 365 * quarter) / 4;
      const to = book.start + (book.years * 365 * (quarter + 1)) / 4;
      premium += (ours?.years[year]?.premium ?? 0) / 4;
      for (const { slug = '', day, lossUsd } of events) {
        const one = covers.get(slug);
        if (one === undefined || day < from || day >= to || lossUsd < 100_000) continue;
        claims += one.cover * 0.95 * Math.min(1, lossUsd / one.tvlUsd);
      }
      steps.push({ x: year + (book.years * (quarter + 1)) / 4, premium, claims });
    }
  }
  return svgPlot({
    title: 'Premium earned and claims paid since the start, $M',
    x: 'years since the list',
    y: '$M',
    series: [
      { name: 'premium', kind: 'line', points: steps.map(({ x, premium: y }) => ({ x, y: y / million })) },
      { name: 'claims', kind: 'line', points: steps.map(({ x, claims: y }) => ({ x, y: y / million })) },
    ],
  });
}

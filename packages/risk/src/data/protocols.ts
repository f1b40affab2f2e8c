import { cellsOf, reportOf } from './cells.ts';
import { parseCsv } from './csv.ts';
import type { Day } from './day.ts';
import { DataError } from './errors.ts';
import type { Loaded, ProtocolRecord, Reject } from './records.ts';
import { type SnapshotColumn, snapshotColumns } from './snapshots.ts';

const plain = [
  'slug',
  'name',
  'category',
  'audits',
  'forked_from',
  'chains',
  'oracles',
  'listed',
  'listed_src',
  'dead_from',
  'parent',
  'tvl',
];
const optional = new Set(['parent', 'tvl', 'listed_src']);

/**
 * Protocols from CSV text. Columns of lists are named after their day: `tvl_2023`, `in_2023`, `category_2026`,
 * `tvl_2024-06-30`; `tvl` and `category` without a day belong to `asOf`, `category` beside a list to the oldest one.
 * A slug that comes again is a duplicate: the first row counts.
 * @param asOf day of values whose column names none
 * @throws DataError where there is no column `slug`
 */
export function readProtocolsCsv(text: string, asOf: Day): Loaded<ProtocolRecord> {
  const { columns, rows } = parseCsv(text);
  if (!columns.includes('slug')) {
    throw new DataError(
      `There is no column slug (there are ${columns.join(', ')}): give a list of protocols.`,
    );
  }
  const lists = snapshotColumns(columns);
  const unusable = new Map<string, number>();
  const rejects: Reject[] = [];
  const records = new Map<string, ProtocolRecord>();
  let duplicates = 0;
  for (const [at, row] of rows.entries()) {
    // A protocol may be called Nothing or NaN.
    const slug = (row[columns.indexOf('slug')] ?? '').trim().toLowerCase();
    const reason = refuse(slug, row, columns);
    if (reason) rejects.push({ row: at + 2, key: slug, reason });
    else if (records.has(slug)) duplicates++;
    else records.set(slug, recordOf(slug, columns, row, lists, asOf, unusable));
  }
  const known = new Set([...plain, ...lists.map(({ column }) => column)]);
  return {
    records: [...records.values()],
    report: reportOf(rows.length, records.size, duplicates, rejects, unusable, {
      unknown: columns.filter((column) => !known.has(column)),
      missing: plain.filter((column) => !optional.has(column) && !columns.includes(column)),
    }),
  };
}

function refuse(slug: string, row: readonly string[], columns: readonly string[]): string | undefined {
  if (slug === '') return 'no slug';
  if (row.length > columns.length) return `${row.length} cells for ${columns.length} columns`;
  return undefined;
}

function recordOf(
  slug: string,
  columns: readonly string[],
  row: readonly string[],
  lists: readonly SnapshotColumn[],
  asOf: Day,
  unusable: Map<string, number>,
): ProtocolRecord {
  const cells = cellsOf(columns, row, unusable);
  const of = (kind: SnapshotColumn['kind']) => lists.filter((list) => list.kind === kind);
  const firstList = Math.min(...lists.map(({ day }) => day), asOf);
  const tvl = of('tvl').flatMap(({ column, day }) => {
    const usd = cells.number(column);
    return usd === undefined ? [] : [{ day, usd }];
  });
  const ownTvl = columns.includes('tvl') ? cells.number('tvl') : undefined;
  const forked = cells.text('forked_from');
  const isFork = /^(true|false|0|1)$/i.test(forked) ? cells.flag('forked_from') : undefined;
  const names = isFork === undefined ? cells.list('forked_from', /[;|]/) : [];
  const oracles = cells.text('oracles');
  const counted = /^\d+(\.0)?$/.test(oracles) ? cells.number('oracles') : undefined;
  const oracleNames = counted === undefined ? cells.list('oracles', /[;|]/) : [];
  const categories = [
    ...(cells.text('category') ? [{ day: firstList, name: cells.text('category') }] : []),
    ...of('category').flatMap(({ column, day }) => {
      const name = cells.text(column);
      return name ? [{ day, name }] : [];
    }),
  ];
  return {
    slug,
    name: cells.text('name') || slug,
    parent: cells.text('parent') || undefined,
    categories,
    audits: cells.number('audits'),
    isFork: isFork ?? (names.length > 0 ? true : undefined),
    forkedFrom: names,
    chains: cells.list('chains', /[;|]/),
    oracleCount: counted ?? (oracleNames.length > 0 ? oracleNames.length : undefined),
    oracles: oracleNames,
    tvl: ownTvl === undefined ? tvl : [...tvl, { day: asOf, usd: ownTvl }].sort((a, b) => a.day - b.day),
    lists: of('in').flatMap(({ column, day }) => {
      const present = cells.flag(column);
      return present === undefined ? [] : [{ day, present }];
    }),
    listed: cells.day('listed'),
    deadFrom: cells.day('dead_from'),
  };
}

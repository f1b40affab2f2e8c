import { type Day, parseDay } from './day.ts';
import type { LoadReport, Reject } from './records.ts';

/** Reads the cells of one row by column, and counts what is not usable. */
export type Cells = {
  readonly text: (column: string) => string;
  readonly number: (column: string) => number | undefined;
  readonly day: (column: string) => Day | undefined;
  readonly flag: (column: string) => boolean | undefined;
  readonly list: (column: string, separator: RegExp) => readonly string[];
};

/** Texts that sources write where they know nothing. */
const nothing = new Set(['', 'nan', 'none', 'null', 'n/a', 'na', 'unknown']);

export function cellsOf(
  columns: readonly string[],
  row: readonly string[],
  unusable: Map<string, number>,
): Cells {
  const text = (column: string) => {
    const value = (row[columns.indexOf(column)] ?? '').trim();
    return nothing.has(value.toLowerCase()) ? '' : value;
  };
  const usable = <T>(column: string, read: (value: string) => T | undefined): T | undefined => {
    const value = text(column);
    if (value === '') return undefined;
    const found = read(value);
    if (found === undefined) unusable.set(column, (unusable.get(column) ?? 0) + 1);
    return found;
  };
  return {
    text,
    number: (column) => usable(column, readNumber),
    day: (column) => usable(column, parseDay),
    flag: (column) => usable(column, readFlag),
    list: (column, separator) => splitList(text(column), separator),
  };
}

/** A finite number that is not negative; undefined otherwise. */
export function readNumber(value: string): number | undefined {
  const number = Number(value.replaceAll('_', ''));
  return value !== '' && Number.isFinite(number) && number >= 0 ? number : undefined;
}

export function readFlag(value: string): boolean | undefined {
  if (/^(1|true|yes)$/i.test(value)) return true;
  if (/^(0|false|no)$/i.test(value)) return false;
  return undefined;
}

export function splitList(value: string, separator: RegExp): readonly string[] {
  return value
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The report of a table that was read. */
export function reportOf(
  rows: number,
  kept: number,
  duplicates: number,
  rejects: readonly Reject[],
  unusable: ReadonlyMap<string, number>,
  columns: { readonly unknown: readonly string[]; readonly missing: readonly string[] },
): LoadReport {
  return {
    rows,
    kept,
    duplicates,
    rejects,
    unusable: Object.fromEntries([...unusable].sort(([a], [b]) => (a < b ? -1 : 1))),
    unknownColumns: columns.unknown,
    missingColumns: columns.missing,
  };
}

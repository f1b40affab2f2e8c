import { type Day, parseDay } from './day.ts';

/** Days on which the yearly lists were taken; other years count from their first day. */
const listDays: Readonly<Record<string, string>> = { '2023': '2023-02-18', '2026': '2026-02-02' };

/** A column that belongs to one list, such as tvl_2023, in_2026 or tvl_2024-06-30. */
export type SnapshotColumn = {
  readonly kind: 'tvl' | 'in' | 'category';
  readonly column: string;
  readonly day: Day;
};

const pattern = /^(tvl|in|category)_(\d{4})(?:[-_](\d{2})[-_](\d{2}))?$/;

/** The columns of lists among all, oldest list first. */
export function snapshotColumns(columns: readonly string[]): readonly SnapshotColumn[] {
  return columns
    .flatMap((column) => {
      const match = pattern.exec(column);
      if (!match) return [];
      const [, kind = '', year = '', month, date] = match;
      const day = parseDay(month ? `${year}-${month}-${date}` : (listDays[year] ?? `${year}-01-01`));
      return day === undefined ? [] : [{ kind: kind as SnapshotColumn['kind'], column, day }];
    })
    .sort((a, b) => a.day - b.day);
}

import { DataError } from './errors.ts';

/** A table as it was read: names of the columns, and the cells of every row. */
export type CsvTable = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/**
 * Reads comma-separated text (RFC 4180): quoted cells, doubled quotes, line breaks in cells, an optional byte-order mark.
 * Empty lines are left out.
 * @throws DataError where a quote is not closed, there is no heading, or a column has no name or one that another has
 */
export function parseCsv(text: string): CsvTable {
  const lines = splitCells(text.startsWith('\uFEFF') ? text.slice(1) : text);
  const rows = lines.filter((cells) => cells.length > 1 || cells[0] !== '');
  const columns = rows.shift()?.map((name) => name.trim());
  if (columns === undefined) throw new DataError('The file is empty: give CSV with a heading line.');
  for (const [at, name] of columns.entries()) {
    if (name === '')
      throw new DataError(`Column ${at + 1} of the heading has no name: name it, or take it out.`);
    if (columns.indexOf(name) !== at) throw new DataError(`Column ${name} is there twice: take one out.`);
  }
  return { columns, rows };
}

function splitCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    row.push(cell);
    at = end;
    if (text[at] === ',') {
      at++;
      if (at === text.length) row.push('');
      continue;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function plainCell(text: string, start: number): { cell: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end++;
  return { cell: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): { cell: string; end: number } {
  let cell = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      const line = text.slice(0, start).split('\n').length;
      throw new DataError(`The quote that opens on line ${line} is never closed: close it.`);
    }
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"')
      return { cell: cell + restOfCell(text, quote + 1), end: endOfCell(text, quote + 1) };
    cell += '"';
    at = quote + 2;
  }
}

function restOfCell(text: string, start: number): string {
  return text.slice(start, endOfCell(text, start)).trim();
}

function endOfCell(text: string, start: number): number {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

/** Comma-separated text of a table; cells are quoted where they must be. */
export function formatCsv(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) =>
    `${cells.map((cell) => quote(String(cell))).join(',')}\n`;
  return line(columns) + rows.map(line).join('');
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

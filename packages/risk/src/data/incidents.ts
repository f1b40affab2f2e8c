import { cellsOf, readNumber, reportOf } from './cells.ts';
import { parseCsv } from './csv.ts';
import { DataError } from './errors.ts';
import type { IncidentRecord, Loaded, Reject } from './records.ts';

const used = [
  'date',
  'name',
  'chain',
  'basel',
  'classification',
  'technique',
  'loss_usd',
  'recovered_usd',
  'protocol_slug',
  'protocol_category',
  'match_how',
  'forked_from',
  'tvl_before',
  'loss_frac',
  'contagion',
];
const ignored = ['sector', 'listed', 'age_days_at_hack', 'rekt_audit', 'tvl_before_snapshot'];

/**
 * Incidents from CSV text. A row without a day or without a loss is rejected; one that repeats date, name and slug is a
 * duplicate. Events of one protocol close to one another stay apart here: `mergeEvents` makes them one.
 * @throws DataError where there is no column `date` or `loss_usd`
 */
export function readIncidentsCsv(text: string): Loaded<IncidentRecord> {
  const { columns, rows } = parseCsv(text);
  for (const column of ['date', 'loss_usd']) {
    if (!columns.includes(column)) {
      throw new DataError(
        `There is no column ${column} (there are ${columns.join(', ')}): give a list of incidents.`,
      );
    }
  }
  const unusable = new Map<string, number>();
  const rejects: Reject[] = [];
  const seen = new Set<string>();
  const records: IncidentRecord[] = [];
  let duplicates = 0;
  for (const [at, row] of rows.entries()) {
    const cells = cellsOf(columns, row, unusable);
    const name = cells.text('name');
    const day = cells.day('date');
    const lossUsd = readNumber(cells.text('loss_usd'));
    const reason = refuse(day, cells.text('date'), lossUsd, cells.text('loss_usd'));
    const how = cells.text('match_how');
    const slug = how === 'rejected' ? undefined : cells.text('protocol_slug').toLowerCase() || undefined;
    const key = `${day} ${name.toLowerCase()} ${slug ?? ''}`;
    if (reason !== undefined || day === undefined || lossUsd === undefined) {
      rejects.push({ row: at + 2, key: `${cells.text('date')} ${name}`.trim(), reason: reason ?? '' });
    } else if (seen.has(key)) {
      duplicates++;
    } else {
      seen.add(key);
      const share = cells.number('loss_frac');
      records.push({
        day,
        name,
        chains: cells.list('chain', /[,;|]/),
        technique: cells.text('technique'),
        lossUsd,
        recoveredUsd: cells.number('recovered_usd') ?? 0,
        slug,
        category: cells.text('protocol_category') || undefined,
        slugIsLater: /after/.test(how),
        isRugPull: isRugPull(cells.text('basel'), cells.text('classification'), cells.text('technique')),
        isContagion: cells.flag('contagion') ?? false,
        forkedFrom: cells.list('forked_from', /[,;|]/),
        lossShare: share === undefined ? undefined : Math.min(1, share),
        tvlBefore: cells.number('tvl_before'),
      });
    }
  }
  return {
    records: records.sort((a, b) => a.day - b.day),
    report: reportOf(rows.length, records.length, duplicates, rejects, unusable, {
      unknown: columns.filter((column) => !used.includes(column) && !ignored.includes(column)),
      missing: used.filter((column) => !columns.includes(column)),
    }),
  };
}

function refuse(
  day: number | undefined,
  date: string,
  loss: number | undefined,
  lossText: string,
): string | undefined {
  if (day === undefined) return date === '' ? 'no date' : `date ${date} is not a day such as 2031-01-31`;
  if (loss === undefined) return lossText === '' ? 'no loss' : `loss ${lossText} is not a number from 0`;
  return undefined;
}

/** Whether a record's own words say that insiders took the money. */
export function isRugPull(eventType: string, classification: string, technique: string): boolean {
  if (eventType !== '') return eventType === 'IF' || /^rug ?pull$/i.test(classification);
  return /^rug ?pull$/i.test(classification) || /rug ?pull|exit scam/i.test(technique);
}

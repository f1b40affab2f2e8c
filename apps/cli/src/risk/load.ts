import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type IncidentRecord,
  type Input,
  type Loaded,
  type LoadReport,
  type ProtocolRecord,
  parseDay,
  readHacksJson,
  readIncidentsCsv,
  readProtocolsCsv,
  readProtocolsJson,
} from '@breakwater/risk';
import { cliError } from '../errors.ts';

/** Longest that a source on the network is waited for, milliseconds. */
const TIMEOUT = 60_000;

/** Rejects that are named one by one; the others are counted. */
const NAMED = 5;

/** Records with what their file is. */
export type Source<T> = Loaded<T> & { readonly input: Input };

/** Where a file is read from, and who is told. */
export type Loading = { readonly cwd: string; readonly progress: (line: string) => void };

/** Protocols from CSV or JSON; `asOf` is the day of values that name none. */
export async function loadProtocols(
  source: string,
  asOf: string,
  loading: Loading,
): Promise<Source<ProtocolRecord>> {
  const text = await readSource(source, loading);
  const day = dayOf(asOf);
  const loaded = isJson(text) ? readProtocolsJson(parseJson(text, source), day) : readProtocolsCsv(text, day);
  return told(source, text, loaded, loading);
}

/** Incidents from CSV or JSON; JSON is joined to the protocols. */
export async function loadIncidents(
  source: string,
  protocols: readonly ProtocolRecord[],
  loading: Loading,
): Promise<Source<IncidentRecord>> {
  const text = await readSource(source, loading);
  const loaded = isJson(text) ? readHacksJson(parseJson(text, source), protocols) : readIncidentsCsv(text);
  return told(source, text, loaded, loading);
}

/** A day as the risk package counts them; the option has checked it. */
export function dayOf(text: string): number {
  return parseDay(text) ?? 0;
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

async function readSource(source: string, { cwd, progress }: Loading): Promise<string> {
  progress(`Reading ${source}`);
  if (!/^https?:\/\//.test(source)) {
    return readFile(resolve(cwd, source), 'utf8').catch((error: Error) => {
      throw cliError(
        'SourceUnreadable',
        `${source} cannot be read: ${error.message}.`,
        'Check the path.',
        error,
      );
    });
  }
  try {
    const response = await fetch(source, { signal: AbortSignal.timeout(TIMEOUT) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return await response.text();
  } catch (error) {
    const instruction = 'Check the address, or download it and give the file.';
    throw cliError(
      'SourceUnreadable',
      `${source} cannot be read: ${(error as Error).message}.`,
      instruction,
      error,
    );
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw cliError(
      'SourceUnreadable',
      `${source} is not JSON: ${(error as Error).message}.`,
      'Give CSV with a heading line, or the JSON array that the public API answers.',
      error,
    );
  }
}

function told<T>(source: string, text: string, loaded: Loaded<T>, { progress }: Loading): Source<T> {
  for (const line of reportLines(loaded.report)) progress(`  ${line}`);
  const { rows, kept } = loaded.report;
  if (kept === 0) {
    throw cliError(
      'NoRecords',
      `${source} holds no usable row of ${rows}.`,
      'Check that it is the right file.',
    );
  }
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { ...loaded, input: { sha256, rows, kept } };
}

/** What was dropped and why, in words. */
export function reportLines(report: LoadReport): readonly string[] {
  const { rows, kept, duplicates, rejects, unusable, unknownColumns, missingColumns } = report;
  const named = rejects
    .slice(0, NAMED)
    .map(({ row, key, reason }) => `rejected row ${row}${key ? ` (${key})` : ''}: ${reason}`);
  return [
    `${kept} of ${rows} rows kept, ${duplicates} duplicates, ${rejects.length} rejected`,
    ...named,
    ...(rejects.length > NAMED ? [`and ${rejects.length - NAMED} more rejected`] : []),
    ...Object.entries(unusable).map(
      ([column, count]) => `${count} values of ${column} are not usable: taken as unknown`,
    ),
    ...(unknownColumns.length > 0 ? [`columns that are not used: ${unknownColumns.join(', ')}`] : []),
    ...(missingColumns.length > 0
      ? [`columns that are missing, taken as unknown: ${missingColumns.join(', ')}`]
      : []),
  ];
}

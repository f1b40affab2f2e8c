import { reportOf } from './cells.ts';
import { type Day, dayOfSeconds } from './day.ts';
import { DataError } from './errors.ts';
import { isRugPull } from './incidents.ts';
import type { IncidentRecord, Loaded, ProtocolRecord, Reject } from './records.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Protocols from what DefiLlama's public `/protocols` answers. Its values are of the day it was asked: `asOf`.
 * @throws DataError where it is not such a list
 */
export function readProtocolsJson(json: unknown, asOf: Day): Loaded<ProtocolRecord> {
  const entries = listOf(json, 'protocols');
  const rejects: Reject[] = [];
  const records = new Map<string, ProtocolRecord>();
  let duplicates = 0;
  for (const [at, entry] of entries.entries()) {
    const fields = fieldsOf(entry);
    const slug = (text(fields?.slug) ?? slugOf(text(fields?.name) ?? '')).toLowerCase();
    if (fields === undefined || slug === '')
      rejects.push({ row: at, key: slug, reason: 'neither slug nor name' });
    else if (records.has(slug)) duplicates++;
    else records.set(slug, protocolOf(slug, fields, asOf));
  }
  return {
    records: [...records.values()],
    report: reportOf(entries.length, records.size, duplicates, rejects, new Map(), {
      unknown: [],
      missing: [],
    }),
  };
}

function protocolOf(slug: string, fields: Fields, asOf: Day): ProtocolRecord {
  const category = text(fields.category);
  const tvl = positive(fields.tvl);
  const forkedFrom = texts(fields.forkedFrom);
  const oracles = texts(fields.oracles);
  const listed = positive(fields.listedAt);
  const dead = fields.deadFrom;
  const parent = text(fields.parentProtocol);
  return {
    slug,
    name: text(fields.name) ?? slug,
    id: text(fields.id),
    parent: parent?.replace(/^parent#/, ''),
    categories: category ? [{ day: asOf, name: category }] : [],
    audits: positive(fields.audits),
    isFork: forkedFrom.length > 0,
    forkedFrom,
    chains: texts(fields.chains),
    oracleCount: oracles.length,
    oracles,
    tvl: tvl === undefined ? [] : [{ day: asOf, usd: tvl }],
    lists: [{ day: asOf, present: true }],
    listed: listed === undefined ? undefined : dayOfSeconds(listed),
    deadFrom: typeof dead === 'string' ? dayOf(dead) : undefined,
  };
}

/**
 * Incidents from what DefiLlama's public `/hacks` answers, joined to protocols by identifier, by parent, or by name.
 * A slug whose listing is later than the event is marked so.
 * @throws DataError where it is not such a list
 */
export function readHacksJson(json: unknown, protocols: readonly ProtocolRecord[]): Loaded<IncidentRecord> {
  const entries = listOf(json, 'hacks');
  const rejects: Reject[] = [];
  const seen = new Set<string>();
  const records: IncidentRecord[] = [];
  const find = finder(protocols);
  let duplicates = 0;
  for (const [at, entry] of entries.entries()) {
    const fields = fieldsOf(entry) ?? {};
    const name = text(fields.name) ?? '';
    const date = positive(fields.date);
    const lossUsd = positive(fields.amount);
    if (date === undefined || lossUsd === undefined) {
      rejects.push({ row: at, key: name, reason: date === undefined ? 'no date' : 'no loss' });
      continue;
    }
    const day = dayOfSeconds(date);
    const key = `${day} ${name.toLowerCase()}`;
    if (seen.has(key)) {
      duplicates++;
      continue;
    }
    seen.add(key);
    const protocol = find(text(fields.defillamaId), text(fields.parentProtocolId), name);
    records.push({
      day,
      name,
      chains: texts(fields.chain),
      technique: text(fields.technique) ?? '',
      lossUsd,
      recoveredUsd: positive(fields.returnedFunds) ?? 0,
      slug: protocol?.slug,
      slugIsLater: protocol?.listed !== undefined && protocol.listed > day,
      isRugPull: isRugPull('', text(fields.classification) ?? '', text(fields.technique) ?? ''),
      isContagion: false,
      forkedFrom: [],
    });
  }
  return {
    records: records.sort((a, b) => a.day - b.day),
    report: reportOf(entries.length, records.length, duplicates, rejects, new Map(), {
      unknown: [],
      missing: [],
    }),
  };
}

function finder(protocols: readonly ProtocolRecord[]) {
  const byId = new Map(protocols.flatMap((one) => (one.id === undefined ? [] : [[one.id, one] as const])));
  const byName = new Map(protocols.map((one) => [slugOf(one.name), one] as const));
  const byParent = new Map<string, ProtocolRecord>();
  // The largest entry of a project stands for it.
  const size = (one: ProtocolRecord) => one.tvl.at(-1)?.usd ?? 0;
  for (const one of [...protocols].sort((a, b) => size(a) - size(b))) {
    if (one.parent !== undefined) byParent.set(one.parent, one);
  }
  return (id: string | undefined, parent: string | undefined, name: string): ProtocolRecord | undefined =>
    (id === undefined ? undefined : byId.get(id)) ??
    (parent === undefined ? undefined : byParent.get(parent.replace(/^parent#/, ''))) ??
    byName.get(slugOf(name));
}

/** A name as slugs are made of them. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function listOf(json: unknown, what: string): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw new DataError(`This is not a list of ${what}: give the JSON array that the public API answers.`);
}

function fieldsOf(entry: unknown): Fields | undefined {
  return typeof entry === 'object' && entry !== null ? (entry as Fields) : undefined;
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((one) => text(one) ?? []) : [];
}

function positive(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}

function dayOf(date: string): Day | undefined {
  const milliseconds = Date.parse(date);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 86_400_000);
}

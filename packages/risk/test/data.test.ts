import { describe, expect, test } from 'vitest';
import {
  categoryFamily,
  DataError,
  formatCsv,
  formatDay,
  isContractCategory,
  mergeEvents,
  parseCsv,
  parseDay,
  projectOf,
  readHacksJson,
  readIncidentsCsv,
  readProtocolsCsv,
  readProtocolsJson,
} from '../src/index.ts';

const day = (text: string) => parseDay(text) ?? Number.NaN;

describe('CSV', () => {
  test('reads quotes, doubled quotes, line breaks in cells, both line ends and a byte-order mark', () => {
    const text = '\uFEFFa,b\r\n"x, ""y""\nz",2\n\n3,\n';
    expect(parseCsv(text)).toEqual({
      columns: ['a', 'b'],
      rows: [
        ['x, "y"\nz', '2'],
        ['3', ''],
      ],
    });
  });

  test('what is written is read back', () => {
    const rows = [
      ['a"b', 'c,d', 'e\nf', ''],
      ['1', '2', '3', '4'],
    ];
    expect(parseCsv(formatCsv(['w', 'x', 'y', 'z'], rows)).rows).toEqual(rows);
  });

  test('says which quote is open, and which column is there twice', () => {
    expect(() => parseCsv('a\n"b')).toThrow(/opens on line 2/);
    expect(() => parseCsv('a,a\n1,2')).toThrow(/Column a is there twice/);
    expect(() => parseCsv('')).toThrow(DataError);
  });
});

describe('days', () => {
  test('exist or are none', () => {
    expect(formatDay(day('2024-02-29'))).toBe('2024-02-29');
    expect(parseDay('2023-02-29')).toBeUndefined();
    expect(parseDay('18.02.2023')).toBeUndefined();
    expect(day('1970-01-02')).toBe(1);
  });
});

describe('protocols', () => {
  const csv = `slug,name,category,category_2026,tvl_2023,tvl_2026,in_2023,in_2026,listed,forked_from,oracles,chains,colour
one,One,Dexes,Dexs,1000,2000,1,1,2021-01-01,True,2,Ethereum;Binance,red
ONE,Again,,,,,,,,,,,
,Nameless,,,,,,,,,,,
nan,NaN,Lending,,-5,,1,0,someday,compound;aave,Chainlink,,
two,Two,,,,,,,,,,,,,too many`;
  const { records, report } = readProtocolsCsv(csv, day('2026-02-02'));

  test('keeps one row a slug, and says what it dropped and why', () => {
    expect(records.map(({ slug }) => slug)).toEqual(['one', 'nan']);
    expect(report).toMatchObject({ rows: 5, kept: 2, duplicates: 1 });
    expect(report.rejects).toEqual([
      { row: 4, key: '', reason: 'no slug' },
      { row: 6, key: 'two', reason: '15 cells for 13 columns' },
    ]);
    expect(report.unusable).toEqual({ listed: 1, tvl_2023: 1 });
    expect(report.unknownColumns).toEqual(['colour']);
    expect(report.missingColumns).toEqual(['audits', 'dead_from']);
  });

  test('dates what columns are named after', () => {
    const [one] = records;
    expect(one?.tvl).toEqual([
      { day: day('2023-02-18'), usd: 1000 },
      { day: day('2026-02-02'), usd: 2000 },
    ]);
    expect(one?.categories.map(({ name }) => name)).toEqual(['Dexes', 'Dexs']);
    expect(one).toMatchObject({ isFork: true, oracleCount: 2, chains: ['Ethereum', 'Binance'] });
  });

  test('takes names in place of flags and counts', () => {
    expect(records[1]).toMatchObject({
      isFork: true,
      forkedFrom: ['compound', 'aave'],
      oracleCount: 1,
      tvl: [],
    });
  });

  test('a value without a day is of the day that is scored', () => {
    const { records: plain } = readProtocolsCsv('slug,tvl\na,5\nb,', day('2024-06-30'));
    expect(plain.map(({ tvl }) => tvl)).toEqual([[{ day: day('2024-06-30'), usd: 5 }], []]);
    expect(() => readProtocolsCsv('name\na', 0)).toThrow(/no column slug/);
  });
});

describe('incidents', () => {
  const head = 'date,name,basel,classification,loss_usd,protocol_slug,match_how,contagion';
  const { records, report } = readIncidentsCsv(`${head}
2024-01-20,B,EF,,300000,b,exact,0
2024-01-05,A,EF,,200000,a,exact,0
2024-01-05,A,EF,,200000,a,exact,0
2024-01-14,A,EF,,900000,a,dl_id,0
2024-01-26,A,EF,,100000,a,exact,0
2024-01-07,R,IF,,500000,r,exact,0
2024-01-08,L,EF,,500000,l,exact_afterhack,0
2024-01-09,C,EF,,500000,c,exact,1
2024-01-09,X,EF,,500000,x,rejected,0
soon,Y,EF,,1,y,exact,0
2024-01-10,Z,EF,,nan,z,exact,0`);

  test('rejects rows without day or loss, and drops what repeats', () => {
    expect(report).toMatchObject({ rows: 11, kept: 8, duplicates: 1 });
    expect(report.rejects.map(({ reason }) => reason)).toEqual([
      'date soon is not a day such as 2031-01-31',
      'no loss',
    ]);
    expect(records[0]?.name).toBe('A');
    expect(records.find(({ name }) => name === 'X')?.slug).toBeUndefined();
  });

  test('events of one protocol within ten days are one; insiders, later slugs and passed-on losses do not count', () => {
    const merged = mergeEvents(records).map(({ slug, day: at, lossUsd }) => [slug, formatDay(at), lossUsd]);
    expect(merged).toEqual([
      ['a', '2024-01-05', 900_000],
      ['b', '2024-01-20', 300_000],
      ['a', '2024-01-26', 100_000],
    ]);
  });
});

describe('DefiLlama', () => {
  const protocols = readProtocolsJson(
    [
      {
        id: '1',
        name: 'Alpha Lend',
        slug: 'alpha-lend',
        category: 'Lending',
        tvl: 5e6,
        chains: ['Ethereum'],
        listedAt: 1_600_000_000,
        forkedFrom: ['Compound V2'],
        oracles: [],
      },
      { id: '2', name: 'Beta V2', slug: 'beta-v2', parentProtocol: 'parent#beta', tvl: 1e6 },
      { id: '3', name: 'Beta V3', slug: 'beta-v3', parentProtocol: 'parent#beta', tvl: 9e6 },
      { id: '1', name: 'Alpha Lend', slug: 'alpha-lend' },
      null,
    ],
    day('2024-01-01'),
  );

  test('protocols: values are of the day they were asked', () => {
    expect(protocols.report).toMatchObject({ rows: 5, kept: 3, duplicates: 1 });
    expect(protocols.records[0]).toMatchObject({
      isFork: true,
      forkedFrom: ['Compound V2'],
      tvl: [{ usd: 5e6 }],
    });
    expect(formatDay(protocols.records[0]?.listed ?? 0)).toBe('2020-09-13');
  });

  test('hacks: joined by identifier, parent, then name; a slug listed after the event is marked', () => {
    const hacks = readHacksJson(
      [
        { date: 1_700_000_000, name: 'Alpha', amount: 1e6, defillamaId: '1', chain: ['Ethereum'] },
        { date: 1_500_000_000, name: 'Alpha Lend', amount: 2e6 },
        {
          date: 1_700_000_000,
          name: 'Beta',
          amount: 3e6,
          parentProtocolId: 'parent#beta',
          classification: 'Rugpull',
        },
        { date: 1_700_000_000, name: 'Nobody', amount: null },
      ],
      protocols.records,
    );
    expect(hacks.records.map(({ slug, slugIsLater, isRugPull }) => [slug, slugIsLater, isRugPull])).toEqual([
      ['alpha-lend', true, false],
      ['alpha-lend', false, false],
      ['beta-v3', false, true],
    ]);
    expect(hacks.report.rejects).toEqual([{ row: 3, key: 'Nobody', reason: 'no loss' }]);
    expect(() => readHacksJson({}, [])).toThrow(DataError);
  });
});

test('categories, projects', () => {
  expect(categoryFamily('Dexes')).toBe(categoryFamily('Dexs'));
  expect(categoryFamily('Something New')).toBe('other');
  expect(isContractCategory('CEX')).toBe(false);
  expect(['aave-v3', 'uniswap-v2', 'curve-dex', 'finance'].map((slug) => projectOf(slug))).toEqual([
    'aave',
    'uniswap',
    'curve',
    'finance',
  ]);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDay, pastYear, readIncidentsCsv, readProtocolsCsv } from '@breakwater/risk';
import type { MarketEntry } from '@breakwater/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lossChart } from '../src/risk/lossChart.ts';
import { readSignals } from '../src/risk/scores.ts';
import { stressSet } from '../src/risk/stressSet.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'risk-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const incidents = `date,name,basel,classification,protocol_category,loss_usd,loss_frac,contagion,protocol_slug
2022-03-01,"A, the first",EF,Exploit,Lending,5000000,0.4,0,
2022-04-01,B,IF,Rugpull,Lending,1,1.0,0,
2022-05-01,C,EF,Exploit,Bridge,1,1.7,0,
2022-06-01,D,EF,Exploit,Lending,1,0.2,1,
2022-07-01,E,EF,Exploit,Lending,99999,,0,
2022-08-01,G,EF,Exploit,Yield,100000,,0,
2022-09-01,H,EF,Exploit,,1,0.3,0,d
2023-01-01,F,EF,Exploit,Bridge,1,0.9,0,
`;
const protocols = `slug,category,listed,dead_from
a,Lending,2021-01-01,
b,Lending,2021-01-01,2021-06-01
c,Lending,2023-02-01,
d,lending,2022-12-31,2022-01-01
`;

const loading = { cwd: '', progress: () => {} };

describe('a year of the past', () => {
  it('has its exploits, with the usual share where none is known, and who was exposed', () => {
    const { records } = readProtocolsCsv(protocols, parseDay('2023-12-31') ?? 0);
    const year = pastYear(readIncidentsCsv(incidents).records, records, 2022, 0.25);
    expect(year.incidents).toEqual([
      { category: 'lending', lossShare: 0.4 },
      { category: 'bridge', lossShare: 1 },
      { category: 'yield', lossShare: 0.25 },
      { category: 'lending', lossShare: 0.3 },
    ]);
    expect([...year.exposed]).toEqual([['lending', 2]]);
  });
});

describe('threat signals', () => {
  const market = { id: '0x01', name: 'Vault' } as unknown as MarketEntry;
  const read = (content: unknown) => {
    writeFileSync(join(folder, 'signals.json'), JSON.stringify(content));
    return readSignals(folder, 'signals.json', market);
  };

  it('are those of the market, by name or id, at a moment or a date', async () => {
    const found = await read([
      { market: 'vault', reason: 'x', multiplier: 3, seenAt: 100, halfLifeDays: 2 },
      { market: '0x01', reason: 'y', multiplier: 2, seenAt: '1970-01-02' },
      { market: 'other', reason: 'z', multiplier: 9, seenAt: 1 },
    ]);
    expect(found).toEqual([
      { reason: 'x', multiplier: 3, seenAt: 100, halfLife: 172_800 },
      { reason: 'y', multiplier: 2, seenAt: 86_400, halfLife: undefined },
    ]);
    expect(await readSignals(folder, undefined, market)).toEqual([]);
  });

  it.each([
    ['a multiplier below one', { multiplier: 0.5, seenAt: 1 }],
    ['no moment', { multiplier: 2 }],
    ['a half-life of nothing', { multiplier: 2, seenAt: 1, halfLifeDays: 0 }],
  ])('with %s are refused', async (_, signal) => {
    await expect(read([{ market: 'vault', reason: 'x', ...signal }])).rejects.toThrow('no threat signals');
  });
});

const live = {
  portfolio: {
    names: [
      { id: '1', cover: 100, failure: 0.05, severity: 0, deductible: 0, groups: [{ group: 1, weight: 0.2 }] },
      { id: '2', cover: 300, failure: 0.05, severity: 0, deductible: 0, groups: [{ group: 9, weight: 0.2 }] },
    ],
    groups: [
      { group: 1, rate: 0.01, severity: 0 },
      { group: 9, rate: 0.01, severity: 0 },
    ],
    severities: [[0.5]],
    correlation: 0,
  },
  capital: { junior: 100, senior: 100 },
  variance: 1,
  z: 5,
  markets: [
    { id: '1', name: 'Lender', cover: 100 },
    { id: '2', name: 'Crossing', cover: 300 },
  ],
};
const none = {
  incidents: undefined,
  protocols: undefined,
  categories: [],
  stablecoinGroup: undefined,
  oracleGroup: undefined,
  bridgeGroup: undefined,
};

describe('the stress set', () => {
  it('has the groups of the book that are named, and the depeg of the own asset', async () => {
    const results = await stressSet(
      live,
      { ...none, bridgeGroup: 9n, oracleGroup: 1n },
      { ...loading, cwd: folder },
    );
    expect(results.map(({ scenario, loss, unpaid }) => [scenario, loss, unpaid])).toEqual([
      ['largest group lost: group 9', 300, 100],
      ['oracle outage: group 1', 50, 0],
      ['bridge failure: group 9', 300, 100],
      ['stablecoin depeg: group 1', 12, 0],
      ['depeg of the own asset too: group 1', 12, 0],
      ['depeg of the own asset alone', 0, 0],
    ]);
    expect(results[4]?.worthOfCapitalLeft).toBeCloseTo(188 * 0.88, 9);
  });

  it('replays years of the past', async () => {
    writeFileSync(join(folder, 'incidents.csv'), incidents);
    writeFileSync(join(folder, 'protocols.csv'), protocols);
    const files = { incidents: 'incidents.csv', protocols: 'protocols.csv' };
    const categories = ['lender=Lending', 'Crossing=bridge'];
    const results = await stressSet(live, { ...none, ...files, categories }, { ...loading, cwd: folder });
    expect(results.slice(-2).map(({ scenario, loss }) => [scenario, loss])).toEqual([
      ['incidents of 2022 replayed', 340],
      ['incidents of 2023 replayed', 270],
    ]);
    await expect(stressSet(live, { ...none, ...files }, { ...loading, cwd: folder })).rejects.toThrow(
      'categories',
    );
  });
});

describe('the chart', () => {
  it('is well-formed SVG with both tranches and the curve', () => {
    const svg = lossChart(
      [
        { attachment: 0, exceeded: 0.1, rate: 0.05 },
        { attachment: 100, exceeded: 0.001, rate: 0.0005 },
      ],
      live.capital,
      { title: 'A & B', symbol: '<USD>', valueAtRisk: 90 },
    );
    expect(svg).toContain('A &#38; B');
    expect(svg).toContain('&#60;USD&#62;');
    for (const word of ['junior', 'senior', 'polyline', 'value at risk']) expect(svg).toContain(word);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

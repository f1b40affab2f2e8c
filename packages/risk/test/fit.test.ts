import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  DataError,
  type FitInputs,
  featuresOf,
  fitRisk,
  formatParameters,
  formatScores,
  historyOf,
  modelOf,
  parseCsv,
  parseDay,
  parseParameters,
  predict,
  readIncidentsCsv,
  readProtocolsCsv,
  scoreProtocols,
} from '../src/index.ts';
import { END, LIST_DAY, sampleOf, TRUTH } from './support/sample.ts';

const sample = sampleOf(11);
const input = { sha256: '00', rows: 1, kept: 1 };
const protocols = readProtocolsCsv(sample.protocols, END).records;
const incidents = readIncidentsCsv(sample.incidents).records;
const inputs: FitInputs = {
  protocols,
  incidents,
  asOf: END,
  engine: 'test',
  inputs: { incidents: input, protocols: input },
};
const parameters = fitRisk(inputs);

describe('fit', () => {
  test('known effects are found again within three standard errors', () => {
    const { terms, coefficients, covariance, runOff } = parameters.hazard;
    const effect = (name: string) => {
      const k = terms.indexOf(name);
      return { value: coefficients[k] ?? Number.NaN, se: Math.sqrt(covariance[k]?.[k] ?? 0) };
    };
    for (const [name, truth] of [
      ['tvl', TRUTH.decade],
      ['exploited', TRUTH.exploited],
    ] as const) {
      const { value, se } = effect(name);
      expect(Math.abs(value - truth)).toBeLessThan(3 * se);
      expect(se).toBeLessThan(0.35);
    }
    const { lending } = parameters.figures;
    expect(lending?.low).toBeLessThan(Math.exp(TRUTH.lending));
    expect(lending?.high).toBeGreaterThan(Math.exp(TRUTH.lending));
    expect(Math.abs(runOff.value - TRUTH.runOff)).toBeLessThan(3 * runOff.se);
    expect(parameters.diagnostics.expectedOverSeen).toBeCloseTo(1, 1);
  });

  test('the same records give the same bytes, in whatever order they come', () => {
    const again = fitRisk({
      ...inputs,
      incidents: [...incidents].reverse(),
      protocols: [...protocols].reverse(),
    });
    expect(formatParameters(again)).toBe(formatParameters(parameters));
  });

  test('what is written is read back the same', () => {
    const text = formatParameters(parameters);
    expect(parseParameters(JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(parameters)));
    expect(formatParameters(parseParameters(JSON.parse(text)))).toBe(text);
    expect(() => parseParameters({})).toThrow(/risk fit/);
    expect(() => parseParameters({ ...parameters, model: 99 })).toThrow(/model 99/);
    expect(() => parseParameters(null)).toThrow(DataError);
  });

  test('RISK-7: nothing after its day takes part', () => {
    const asOf = LIST_DAY + 500;
    const before = incidents.filter(({ day }) => day < asOf);
    const blind = protocols.map((one) => ({
      ...one,
      tvl: one.tvl.filter(({ day }) => day <= asOf),
      lists: one.lists.filter(({ day }) => day <= asOf),
      categories: one.categories.filter(({ day }) => day <= asOf),
    }));
    const whole = formatParameters(fitRisk({ ...inputs, asOf }));
    expect(formatParameters(fitRisk({ ...inputs, asOf, incidents: before, protocols: blind }))).toBe(whole);
  }, 60_000);

  test('says what is missing', () => {
    expect(() => fitRisk({ ...inputs, asOf: LIST_DAY - 400 })).toThrow(/give an older list/);
    expect(() => fitRisk({ ...inputs, incidents: [] })).toThrow(/Only 0 exploits/);
  });
});

describe('score', () => {
  const history = historyOf(incidents.filter(({ day }) => day < END));
  const of = (csv: string, horizon = 1) =>
    scoreProtocols({
      protocols: readProtocolsCsv(csv, END).records,
      parameters,
      asOf: END,
      horizon,
      history,
    });

  test('copes with categories, chains and columns it never saw, and with nothing known', () => {
    const scores = of(
      'slug,category,chains,tvl,colour\na,Quantum Yield,Mars,1e7,red\nb,,,,\nc,Lending,Ethereum,-3,',
    );
    expect(scores).toHaveLength(3);
    for (const { probability, lower, upper, reasons } of scores) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(0.5);
      expect(lower).toBeLessThan(probability);
      expect(upper).toBeGreaterThan(probability);
      expect(reasons.length).toBeGreaterThan(0);
    }
    expect(scores[1]?.reasons.join()).toContain('value locked unknown');
  });

  test('rises with value locked, an earlier exploit and the horizon', () => {
    const robbed = incidents[0]?.slug ?? '';
    const [small, large, earlier] = of(
      `slug,category,tvl\nx,Lending,1e6\ny,Lending,1e8\n${robbed},Lending,1e8`,
    );
    expect(large?.probability).toBeGreaterThan(small?.probability ?? 1);
    expect(earlier?.probability).toBeGreaterThan(large?.probability ?? 1);
    const [longer] = of('slug,category,tvl\nx,Lending,1e6', 2);
    expect(longer?.probability).toBeGreaterThan(small?.probability ?? 1);
  });

  test('RISK-7: looks at no value, category or exploit after its day', () => {
    const asOf = LIST_DAY + 100;
    const list = protocols.slice(0, 50);
    const score = (given: typeof list, known = historyOf(incidents)) =>
      scoreProtocols({ protocols: given, parameters, asOf, horizon: 1, history: known });
    const blind = list.map((one) => ({ ...one, tvl: one.tvl.filter(({ day }) => day <= asOf) }));
    expect(score(blind, historyOf(incidents.filter(({ day }) => day < asOf)))).toEqual(score(list));
  });

  test('without incidents the total stays', () => {
    const total = (known: typeof history | undefined) =>
      scoreProtocols({ protocols, parameters, asOf: LIST_DAY, horizon: 3, history: known }).reduce(
        (sum, { expected }) => sum + expected,
        0,
      );
    expect(total(undefined) / total(history)).toBeCloseTo(1, 1);
  });

  test('is written as CSV', () => {
    const { columns, rows } = parseCsv(formatScores(of('slug,category,tvl\nx,"Lend, or not",1e6')));
    expect(columns).toEqual(['slug', 'probability', 'lower', 'upper', 'reasons']);
    expect(rows[0]?.[0]).toBe('x');
    expect(rows[0]?.[4]).toContain('level');
  });
});

test('the committed parameters are whole, and say where they come from', () => {
  const path = join(import.meta.dirname, '../params/hazard.json');
  const text = readFileSync(path, 'utf8');
  const committed = parseParameters(JSON.parse(text));
  expect(formatParameters(committed)).toBe(text);
  const { inputs: sources, asOf } = committed.provenance;
  expect(
    [sources.incidents.sha256, sources.protocols.sha256].every((hash) => /^[0-9a-f]{64}$/.test(hash)),
  ).toBe(true);
  const model = modelOf(committed);
  expect(model.coefficients).toHaveLength(model.terms.names.length);
  const record = readProtocolsCsv('slug,category,tvl\nx,Lending,1e7', parseDay(asOf) ?? 0).records[0];
  if (record === undefined) throw new Error('no record');
  const start = parseDay(asOf) ?? 0;
  const { expected, logSe } = predict(model, featuresOf(record, start), { start, end: start + 365 }, start);
  expect(expected).toBeGreaterThan(0.01);
  expect(expected).toBeLessThan(0.2);
  expect(logSe).toBeGreaterThan(0.1);
  expect(logSe).toBeLessThan(1);
});

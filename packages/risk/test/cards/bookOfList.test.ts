import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sizeFactor } from '../../src/hazard/size.ts';
import {
  bookOfList,
  type CodeFacts,
  dayOfSeconds,
  expectedShare,
  historyOf,
  MATCHED_SHARE,
  marketCard,
  parseParameters,
  parseScoreBook,
  readIncidentsCsv,
  readProtocolsCsv,
  scoreProtocols,
} from '../../src/index.ts';
import { hazardOf } from '../../src/score/hazardOf.ts';
import { END, sampleOf } from '../support/sample.ts';

const parameters = parseParameters(
  JSON.parse(readFileSync(new URL('../../params/hazard.json', import.meta.url), 'utf8')),
);
const sample = sampleOf(3, 60);
const { records: protocols } = readProtocolsCsv(sample.protocols, END);
const history = historyOf(readIncidentsCsv(sample.incidents).records.filter(({ day }) => day < END));
const list = { protocols, parameters, asOf: END, history };
const time = END * 86_400;

function cardAt(value: number, given: Parameters<typeof bookOfList>[0], name: string) {
  const { model, markets, groups, policy } = parseScoreBook(bookOfList(given));
  const score = markets.get(name);
  if (!score) throw new Error(name);
  const reading = { value, leastValue: value, units: value, pools: 1, time };
  return { model, ...marketCard({ model, score, groups: [...groups.values()], reading, policy }) };
}

describe('the score book of a list', () => {
  it('RISK-4: gives every protocol, at its own value, the hazard that the list scores it with', () => {
    const hazard = hazardOf(list, 1);
    const { model, markets } = parseScoreBook(bookOfList(list));
    for (const protocol of protocols.slice(0, 40)) {
      const { features, prediction, level } = hazard(protocol);
      const value = features.tvl?.usd;
      const score = markets.get(protocol.slug);
      if (value === undefined || !score) continue;
      const factors = score.factors.reduce((product, { multiplier }) => product * multiplier, 1);
      const found = model.baseHazard * sizeFactor(value, model.size) * factors;
      const scored = (prediction.untilFirst * Math.exp(level.log)) / MATCHED_SHARE;
      expect(found / scored, protocol.slug).toBeCloseTo(1, 4);
    }
  });

  it('ranks as the scores do', () => {
    const scores = scoreProtocols({ ...list, horizon: 1 });
    const hazards = new Map(
      scores.map(({ slug, expected }) => [slug, expected] as const).sort(([, a], [, b]) => a - b),
    );
    const [safest] = [...hazards.keys()];
    const riskiest = [...hazards.keys()].at(-1);
    const of = (slug = '') => {
      const tvl = protocols.find((one) => one.slug === slug)?.tvl.at(-1)?.usd ?? 1;
      return cardAt(tvl, list, slug).hazard;
    };
    expect(of(riskiest)).toBeGreaterThan(2 * of(safest));
  });

  it('RISK-4: prices the loss share of the size, not the mean over all sizes', () => {
    const [name = ''] = protocols.map(({ slug }) => slug);
    for (const value of [1e7, 1e8, 1e9]) {
      const { model, values, effects, hazard } = cardAt(value, list, name);
      const loss = hazard * expectedShare(value, model.shareBySize);
      expect(values.el / 1e8).toBeCloseTo(Math.max(0.0025, loss), 7);
      expect(effects.reduce((sum, { effect }) => sum + effect, 0)).toBe(values.el);
      expect(effects.map((each) => each.name)).toContain('loss share at this size');
    }
  });

  it('states what the chain says of the code as priors, within their bounds', () => {
    const slug = protocols[0]?.slug ?? '';
    const factorsWith = (code: CodeFacts) =>
      bookOfList({ ...list, markets: [{ market: 'M', slug, groups: [], code }] }).markets.M?.factors.filter(
        ({ name }) => name.startsWith('prior'),
      ) ?? [];
    expect(factorsWith({})).toEqual([]);
    expect(factorsWith({ isAuditMatched: true })).toEqual([
      { name: 'prior: audit matches the bytecode', multiplier: 0.85 },
    ]);
    const all = factorsWith({
      isUpgradeable: true,
      hasSingleAdminKey: true,
      isSourceVerified: false,
      isAuditMatched: false,
    });
    expect(all.reduce((product, { multiplier }) => product * multiplier, 1)).toBeLessThanOrEqual(3);
  });

  it('RISK-7: reads nothing that became known after the day', () => {
    const earlier = dayOfSeconds(Date.UTC(2024, 0, 1) / 1_000);
    const before = historyOf(readIncidentsCsv(sample.incidents).records.filter(({ day }) => day < earlier));
    const then = { ...list, asOf: earlier, history: before };
    expect(bookOfList({ ...then, history })).toEqual(bookOfList(then));
  });

  it('refuses a protocol that the list has not, and a group of two kinds', () => {
    const slug = protocols[0]?.slug ?? '';
    const market = { market: 'M', slug, groups: [{ group: 1, kind: 'chain' as const }] };
    expect(() => bookOfList({ ...list, markets: [{ ...market, slug: 'none' }] })).toThrow('no protocol none');
    const other = { ...market, market: 'N', groups: [{ group: 1, kind: 'oracle' as const }] };
    expect(() => bookOfList({ ...list, markets: [market, other] })).toThrow('group 1 is of kind oracle');
  });
});

import { formatDay } from '../data/day.ts';
import { DataError } from '../data/errors.ts';
import type { ProtocolRecord } from '../data/records.ts';
import { MATCHED_SHARE } from '../fit/figures.ts';
import type { RiskParameters } from '../fit/parameters.ts';
import { rounded } from '../fit/serialise.ts';
import { effectiveYears } from '../hazard/age.ts';
import { type CauseKind, GROUP_PRIORS, shockGroups, shockGroupsOf } from '../hazard/groups.ts';
import type { HazardModel } from '../hazard/model.ts';
import { CODE_BOUNDS, type CodeFacts, codeFactors, codeMultiplier } from '../hazard/runtime.ts';
import { hazardOf, type ListInputs, type ProtocolHazard } from '../score/hazardOf.ts';
import { factorsOf } from '../score/reasons.ts';
import { HARD_GROUP } from '../types.ts';
import {
  type CardModel,
  defaultPolicy,
  type GroupWeight,
  type HazardFactor,
  type MarketScore,
} from './types.ts';

/** A market that is to have a card: which protocol of the list it insures, and what the chain says of it. */
export type BookMarket = {
  /** Name or id. */
  readonly market: string;
  readonly slug: string;
  /** In the order of the market's terms. */
  readonly groups: readonly BookGroup[];
  readonly code?: CodeFacts | undefined;
};

/** A market's shock group: its number on the chain, and what is shared. */
export type BookGroup = {
  readonly group: number;
  readonly kind: CauseKind;
  /** Chance that a shock hits this market; that of its kind when left out. */
  readonly weight?: number | undefined;
};

/** What a score book is made from. */
export type BookInputs = ListInputs & {
  /** Markets; every protocol of the list by its slug when left out, groups numbered by their size. */
  readonly markets?: readonly BookMarket[] | undefined;
  /** Dollars that a whole unit of an asset is worth, by symbol. */
  readonly assets?: Readonly<Record<string, number>> | undefined;
};

/** A score book as its file holds it. */
export type ScoreBookFile = {
  readonly provenance: {
    readonly asOf: string;
    readonly parameters: RiskParameters['provenance'];
  };
  readonly model: CardModel;
  readonly markets: Readonly<Record<string, MarketScore & { readonly slug: string }>>;
  readonly groups: Readonly<Record<string, { readonly kind: CauseKind; readonly rate: number }>>;
  readonly assets: Readonly<Record<string, number>>;
  readonly correlation: number;
  readonly policy: { readonly credibility: number; readonly quantile: number };
};

/** Value locked at which factors are stated, USD: the size has no effect there. */
const BASE_VALUE = 10_000_000;

/**
 * The score book of a list: fitted parameters as the model, each protocol's factors, its groups' shocks. A card at the
 * list's value has the hazard that the list's score has, until a first failure and over a year, by the share of incidents
 * that the lists know. Exploits before the day are a factor; so no market has a record of its own yet.
 * @throws DataError for a market whose protocol the list has not, or a group of two kinds
 */
export function bookOfList(inputs: BookInputs): ScoreBookFile {
  const { protocols, parameters, asOf } = inputs;
  const bySlug = new Map(protocols.map((protocol) => [protocol.slug, protocol]));
  const markets = inputs.markets ?? marketsOf(protocols);
  const hazard = hazardOf(inputs, 1);
  const scored = markets.map(({ market, slug, groups, code }) => {
    const protocol = bySlug.get(slug);
    if (!protocol) throw new DataError(`${market}: the list has no protocol ${slug}.`);
    const factors = [...listFactors(hazard(protocol, BASE_VALUE)), ...factorsOfCode(code ?? {})];
    const weights = groups.map(
      ({ group, kind, weight }): GroupWeight => ({ group, weight: weight ?? GROUP_PRIORS[kind].weight }),
    );
    return [market, { slug, factors, failures: 0, years: 0, groups: weights }] as const;
  });
  return rounded({
    provenance: { asOf: formatDay(asOf), parameters: parameters.provenance },
    model: cardModelOf(parameters),
    markets: Object.fromEntries(scored),
    groups: groupsOf(markets),
    assets: inputs.assets ?? {},
    correlation: Math.max(parameters.dependence.correlation.value, parameters.dependence.correlationFloor),
    policy: { credibility: defaultPolicy.credibility, quantile: defaultPolicy.quantile },
  });
}

/** What fitted parameters say of every market. */
export function cardModelOf(parameters: RiskParameters): CardModel {
  const { terms, coefficients } = parameters.hazard;
  const factor = (name: string) => Math.exp(coefficients[terms.indexOf(name)] ?? 0);
  const { lossShare, shareBySize } = parameters.severity;
  return {
    baseHazard: factor('intercept') / MATCHED_SHARE,
    size: { perDecade: factor('tvl'), small: factor('small'), large: factor('large') },
    severity: lossShare,
    shareBySize: { intercept: shareBySize.intercept, slope: shareBySize.slope },
  };
}

/** What multiplies a protocol's hazard at $10M, from the fit; together they are its score exactly. */
function listFactors(found: ProtocolHazard & { readonly model: HazardModel }): readonly HazardFactor[] {
  const { model, features, window, listDay, level, prediction } = found;
  const years = (listed: number | undefined) => effectiveYears(window, listed, listDay, model.course);
  const age = years(features.listed) / years(undefined);
  const named = factorsOf(model, features, window.start)
    .filter(({ name }) => !name.startsWith('listed for'))
    .map(({ name, factor }): HazardFactor => ({ name, multiplier: factor }));
  const days = features.listed === undefined ? undefined : window.start - features.listed;
  const timed: readonly HazardFactor[] = [
    { name: `listed for ${days} days`, multiplier: age },
    { name: `run-off since ${formatDay(listDay)}`, multiplier: years(undefined) },
    { name: `level on ${formatDay(listDay)}`, multiplier: Math.exp(level.log) },
  ].filter(({ multiplier }) => Math.abs(Math.log(multiplier)) > 1e-9);
  const base = model.coefficients[model.terms.names.indexOf('intercept')] ?? 0;
  const whole = prediction.untilFirst * Math.exp(level.log - base);
  const rest = whole / [...named, ...timed].reduce((product, { multiplier }) => product * multiplier, 1);
  return [
    ...named,
    ...timed,
    ...(Math.abs(Math.log(rest)) > 1e-9
      ? [{ name: 'small effects, and what is not known', multiplier: rest }]
      : []),
  ];
}

/** Priors of what the chain says of the code, cut to the bounds of their product. */
function factorsOfCode(facts: CodeFacts): readonly HazardFactor[] {
  const factors = codeFactors(facts).map(({ name, value }) => ({
    name: `prior: ${name}`,
    multiplier: value,
  }));
  const product = factors.reduce((all, { multiplier }) => all * multiplier, 1);
  const cut = codeMultiplier(facts) / product;
  const bounds = `prior: all within ${CODE_BOUNDS.low} and ${CODE_BOUNDS.high}`;
  return cut === 1 ? factors : [...factors, { name: bounds, multiplier: cut }];
}

function groupsOf(markets: readonly BookMarket[]): ScoreBookFile['groups'] {
  const groups: Record<string, { kind: CauseKind; rate: number }> = {};
  for (const { market, groups: own } of markets) {
    for (const { group, kind } of own) {
      const known = groups[group];
      if (known && known.kind !== kind) {
        throw new DataError(`${market}: group ${group} is of kind ${kind}, and of ${known.kind} elsewhere.`);
      }
      groups[group] = { kind, rate: GROUP_PRIORS[kind].rate };
    }
  }
  return groups;
}

/** Every protocol as a market, in the groups that it shares with another. */
function marketsOf(protocols: readonly ProtocolRecord[]): readonly BookMarket[] {
  const numbers = new Map([...shockGroups(protocols).keys()].map((key, i) => [key, i + 1]));
  return protocols.map((protocol) => ({
    market: protocol.slug,
    slug: protocol.slug,
    groups: shockGroupsOf(protocol).flatMap(({ key, kind, isHard }): readonly BookGroup[] => {
      const number = numbers.get(key);
      return number === undefined ? [] : [{ group: isHard ? HARD_GROUP + number : number, kind }];
    }),
  }));
}

import type { Day } from '../data/day.ts';
import type { Prior } from '../statistics/poisson.ts';
import type { Features } from './features.ts';
import { decadesOf, sizeTerms } from './size.ts';

/** Whether the model is the one that is used, or the one it has to beat. */
export type ModelKind = 'full' | 'baseline' | 'baselineCategories';

/** Terms that were tried beside those of the full model, and groups of its own terms that were tried without. */
export const CANDIDATES = [
  'fork',
  'oracle',
  'notAudited',
  'audited',
  'chainCount',
  'recentExploit',
  'relativeExploited',
] as const;

export type Candidate = (typeof CANDIDATES)[number];

export const ABLATIONS = ['exploited', 'dead', 'small', 'large', 'family', 'category', 'chain'] as const;

/** A variation of the full model, for comparison only. */
export type Variation = { readonly plus?: Candidate; readonly minus?: (typeof ABLATIONS)[number] };

/** Standard deviations of the priors of effects that a few names share: they shrink what few records support. */
export type Scales = { readonly family: number; readonly category: number; readonly chain: number };

/** The terms of a model: their names, and their priors. */
export type Terms = {
  readonly kind: ModelKind;
  readonly names: readonly string[];
  readonly priors: readonly Prior[];
};

const free: Prior = { mean: 0, sd: Number.POSITIVE_INFINITY };

/** Least protocols of a list on a chain for the chain to have an effect of its own. */
const LEAST_ON_CHAIN = 15;

type Named = readonly [name: string, prior: Prior];

/** Terms of level and size. In the full model the effect of size bends at $1M and at $1B. */
function namedSizeTerms(kind: ModelKind): readonly Named[] {
  const bends: readonly Named[] = [
    ['small', { mean: 0, sd: 0.5 }],
    ['large', { mean: 0, sd: 0.5 }],
  ];
  return [
    ['intercept', free],
    ['tvl', { mean: 0.8, sd: 0.5 }],
    ['tvlUnknown', { mean: -1, sd: 1.5 }],
    ...(kind === 'full' ? bends : []),
  ];
}

/** How many terms at the start are of level and size. */
export function sizeTermCount({ names }: Pick<Terms, 'names'>): number {
  return names.filter((name) => isSizeTerm.has(name)).length;
}

const isSizeTerm = new Set(['intercept', 'tvl', 'tvlUnknown', 'small', 'large']);

/** The terms that a model has on a list. */
export function termsOf(
  kind: ModelKind,
  list: readonly Features[],
  scales: Scales,
  { plus, minus }: Variation = {},
): Terms {
  const own = [
    ...namedSizeTerms(kind),
    ...(kind === 'full' ? fullTerms(list, scales) : baselineTerms(kind, list, scales)),
  ]
    .filter(([name]) => minus === undefined || name.split(':')[0] !== minus)
    .concat(plus === undefined ? [] : [[plus, { mean: 0, sd: 0.5 }]]);
  return {
    kind,
    names: own.map(([name]) => name),
    priors: own.map(([, prior]) => prior),
  };
}

function fullTerms(list: readonly Features[], scales: Scales): readonly Named[] {
  return [
    ['exploited', { mean: 0, sd: 1 }],
    // Nobody robs what is empty; the records of dead protocols are too few to say by how much.
    ['dead', { mean: -1, sd: 1 }],
    ...groupTerms(
      'family',
      list.map(({ family }) => family),
      scales.family,
    ),
    ...groupTerms(
      'category',
      list.map(({ category }) => category),
      scales.category,
    ),
    ...groupTerms(
      'chain',
      list.flatMap(({ chains }) => chains),
      scales.chain,
      LEAST_ON_CHAIN,
    ),
  ];
}

/** Value locked, category and age as of the start: what a better model has to beat. */
function baselineTerms(kind: ModelKind, list: readonly Features[], scales: Scales): readonly Named[] {
  const categories: readonly Named[] =
    kind === 'baseline'
      ? [['lending', { mean: 0, sd: 10 }]]
      : groupTerms(
          'category',
          list.map(({ category }) => category),
          scales.category,
        );
  return [...categories, ['age0', { mean: 0, sd: 1 }], ['age1', { mean: 0, sd: 1 }]];
}

function groupTerms(kind: string, names: readonly string[], sd: number, least = 1): readonly Named[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= least)
    .map(([name]) => `${kind}:${name}`)
    .sort()
    .map((name) => [name, { mean: 0, sd }] as const);
}

/** Decades of value locked; $1M where it is not known. */
function decades({ tvl }: Features): number {
  return tvl === undefined ? 6 : decadesOf(tvl.usd);
}

/**
 * The value of a term for a protocol on the day that a window starts; one that a protocol has nothing to do with is 0.
 */
export function termValue(name: string, one: Features, day: Day): number {
  const ageDays = one.listed === undefined ? undefined : day - one.listed;
  switch (name) {
    case 'intercept':
      return 1;
    case 'tvlUnknown':
      return one.tvl === undefined ? 1 : 0;
    case 'tvl':
    case 'small':
    case 'large':
      return sizeTerms(decades(one))[name];
    case 'exploited':
      return one.isExploited ? 1 : 0;
    case 'dead':
      return one.isDead ? 1 : 0;
    case 'lending':
      return one.category === 'Lending' ? 1 : 0;
    case 'age0':
      return ageDays !== undefined && ageDays < 91 ? 1 : 0;
    case 'age1':
      return ageDays !== undefined && ageDays >= 91 && ageDays < 183 ? 1 : 0;
    default:
      return name.includes(':') ? groupValue(name, one) : candidateValue(name as Candidate, one, day);
  }
}

function candidateValue(name: Candidate, one: Features, day: Day): number {
  switch (name) {
    case 'fork':
      return one.isFork ? 1 : 0;
    case 'oracle':
      return (one.oracleCount ?? 0) > 0 ? 1 : 0;
    case 'notAudited':
      return one.audits === 0 ? 1 : 0;
    case 'audited':
      return one.audits === 2 ? 1 : 0;
    case 'chainCount':
      return Math.log(Math.max(1, one.chains.length));
    case 'recentExploit':
      return one.lastExploit !== undefined && day - one.lastExploit <= 548 ? 1 : 0;
    case 'relativeExploited':
      return one.isRelativeExploited ? 1 : 0;
  }
}

function groupValue(name: string, one: Features): number {
  const colon = name.indexOf(':');
  const label = name.slice(colon + 1);
  switch (name.slice(0, colon)) {
    case 'family':
      return one.family === label ? 1 : 0;
    case 'category':
      return one.category === label ? 1 : 0;
    case 'chain':
      return one.chains.includes(label) ? 1 : 0;
    default:
      return 0;
  }
}

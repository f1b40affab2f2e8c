import { normalQuantile } from '../statistics/normal.ts';
import { aliasTable, bitsFor } from './alias.ts';
import { conditionalFailure, type FactorBin, factorBins, pointsOf } from './factor.ts';
import type { Portfolio, SeverityLaw } from './types.ts';

/** Most loss units of all cover together: sums of a block of paths stay whole numbers in a double. */
const MOST_UNITS = 2 ** 40;

/** Beyond so many expected events for each name, drawing names one by one is less work. */
const DENSE = 0.5;

/** A portfolio as flat tables, made once and read by every thread. All whole numbers are exact. */
export type CompiledPortfolio = {
  readonly names: number;
  /** What one loss unit is in the portfolio's unit: a power of two. */
  readonly unit: number;
  /** Loss of a name at severity 1: cover less deductible, loss units. */
  readonly exposure: Float64Array;
  /** Start of each name's severity law in `severities`, and of each group's after the names. */
  readonly lawStart: Int32Array;
  /** 32 less the law's bits, for each name and then each group. */
  readonly lawShift: Int32Array;
  readonly severities: Float64Array;
  /** Share recovered, 1,024 values; empty without recoveries. */
  readonly recovery: Float64Array;
  /** Alias table over the factor's bins. */
  readonly binBits: number;
  readonly binTable: Uint32Array;
  /** For each bin: alias table over the number of events. */
  readonly countBits: number;
  readonly countTable: Uint32Array;
  /** For each bin: alias table over names and then groups. */
  readonly eventBits: number;
  readonly eventTable: Uint32Array;
  /** For each bin 1 if names are drawn one by one. */
  readonly dense: Uint8Array;
  /** For each bin and name: rate of its own failure. */
  readonly rates: Float64Array;
  /** Rates of the groups' shocks. */
  readonly shockRates: Float64Array;
  /** Members of group g: from memberStart[g] to memberStart[g + 1]. */
  readonly memberStart: Int32Array;
  readonly members: Int32Array;
  /** Chance of being hit, of 2^32. */
  readonly memberChance: Float64Array;
};

/**
 * Makes the tables of a portfolio.
 * @throws RangeError for values outside their ranges
 */
export function compilePortfolio(portfolio: Portfolio): CompiledPortfolio {
  check(portfolio);
  const { names, groups } = portfolio;
  const severities = portfolio.severities.map((law) => spread(law, Math.max(2, law.length)));
  const total = names.reduce((sum, { cover }) => sum + cover, 0);
  const unit = total === 0 ? 1 : 2 ** Math.ceil(Math.log2(total / MOST_UNITS));
  const thresholds = names.map(({ failure }) => normalQuantile(failure));
  const bins = factorBins(portfolio.correlation, thresholds);
  const rates = shared(Float64Array, bins.length * names.length);
  bins.forEach((bin, b) => {
    rates.set(binRates(portfolio, thresholds, bin), b * names.length);
  });
  const shockRates = copy(
    Float64Array,
    groups.map(({ rate }) => rate),
  );
  const lawOf = [...names, ...groups].map(({ severity }) => severity);
  const starts: number[] = [];
  let length = 0;
  for (const law of severities) {
    starts.push(length);
    length += law.length;
  }
  return {
    names: names.length,
    unit,
    exposure: copy(
      Float64Array,
      names.map(({ cover, deductible }) => Math.round((cover * (1 - deductible)) / unit)),
    ),
    lawStart: copy(
      Int32Array,
      lawOf.map((law) => starts[law] ?? 0),
    ),
    lawShift: copy(
      Int32Array,
      lawOf.map((law) => 32 - Math.log2(severities[law]?.length ?? 1)),
    ),
    severities: copy(Float64Array, severities.flat()),
    recovery: copy(Float64Array, portfolio.recovery ? spread(portfolio.recovery, 1024) : []),
    ...binTables(bins),
    ...eventTables(rates, names.length, shockRates),
    rates,
    shockRates,
    ...memberTables(portfolio),
  };
}

/** Rate of each name's own failure within a bin: its chance is the exact mean over the bin. */
function binRates({ names, correlation }: Portfolio, thresholds: readonly number[], bin: FactorBin) {
  if (correlation === 0) return names.map(({ failure }) => -Math.log1p(-failure));
  const points = pointsOf(bin);
  return thresholds.map((threshold) => {
    let chance = 0;
    for (const { factor, weight } of points) {
      chance += weight * conditionalFailure(threshold, correlation, factor);
    }
    return -Math.log1p(-Math.min(1, chance));
  });
}

function binTables(bins: readonly FactorBin[]) {
  const { bits, words } = aliasTable(bins.map(({ chance }) => chance));
  return { binBits: bits, binTable: copy(Uint32Array, words) };
}

function eventTables(rates: Float64Array, names: number, shockRates: Float64Array) {
  const bins = names === 0 ? 1 : rates.length / names;
  const eventBits = bitsFor(names + shockRates.length);
  const eventTable = shared(Uint32Array, bins * 2 ** eventBits);
  const dense = shared(Uint8Array, bins);
  const means = Array.from({ length: bins }, (_, b) => {
    const weights = new Float64Array(names + shockRates.length);
    weights.set(rates.subarray(b * names, (b + 1) * names));
    weights.set(shockRates, names);
    const mean = weights.reduce((sum, weight) => sum + weight, 0);
    if (mean > DENSE * weights.length) {
      dense[b] = 1;
      return 0;
    }
    if (mean > 0) eventTable.set(aliasTable(weights, eventBits).words, b << eventBits);
    return mean;
  });
  const most = Math.max(...means);
  const countBits = bitsFor(most + 10 * Math.sqrt(most) + 24);
  const countTable = shared(Uint32Array, bins << countBits);
  means.forEach((mean, b) => {
    countTable.set(aliasTable(poisson(mean, 2 ** countBits), countBits).words, b << countBits);
  });
  return { countBits, countTable, eventBits, eventTable, dense };
}

/** Chances of 0, 1, ... events. */
function poisson(mean: number, count: number): Float64Array {
  const chances = new Float64Array(count);
  // From the mode, so that nothing underflows that matters.
  const mode = Math.floor(mean);
  chances[mode] = 1;
  for (let k = mode; k > 0; k--) chances[k - 1] = ((chances[k] ?? 0) * k) / mean;
  for (let k = mode + 1; k < count; k++) chances[k] = ((chances[k - 1] ?? 0) * mean) / k;
  return chances;
}

function memberTables({ names, groups }: Portfolio) {
  const starts = [0];
  const members: number[] = [];
  const chances: number[] = [];
  for (const { group } of groups) {
    names.forEach((name, i) => {
      for (const membership of name.groups) {
        if (membership.group !== group || membership.weight === 0) continue;
        members.push(i);
        chances.push(membership.weight * 2 ** 32);
      }
    });
    starts.push(members.length);
  }
  return {
    memberStart: copy(Int32Array, starts),
    members: copy(Int32Array, members),
    memberChance: copy(Float64Array, chances),
  };
}

/** A law stretched to more values, each repeated. */
function spread(law: SeverityLaw, count: number): number[] {
  return Array.from({ length: count }, (_, i) => law[Math.floor((i * law.length) / count)] ?? 0);
}

type Numbers<T> = new (buffer: SharedArrayBuffer) => T;

function shared<T>(kind: Numbers<T> & { BYTES_PER_ELEMENT: number }, length: number): T {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
}

function copy<T extends { set(values: ArrayLike<number>): void }>(
  kind: Numbers<T> & { BYTES_PER_ELEMENT: number },
  values: ArrayLike<number>,
): T {
  const array = shared(kind, values.length);
  array.set(values);
  return array;
}

function check({ names, groups, severities, correlation, recovery }: Portfolio): void {
  const within = (what: string, value: number, most = 1) => {
    if (!(value >= 0 && value <= most)) throw new RangeError(`${what} is ${value}: it must be 0 to ${most}.`);
  };
  within('correlation', correlation);
  if (names.length + groups.length > 2 ** 16) throw new RangeError('A portfolio has at most 65,536 names.');
  for (const law of [...severities, ...(recovery ? [recovery] : [])]) {
    if (!Number.isInteger(Math.log2(law.length)) || law.length > 2 ** 16) {
      throw new RangeError(`A law has ${law.length} values: it must have a power of two.`);
    }
    for (const value of law) within('a share of loss', value);
  }
  for (const { rate, severity } of groups) {
    within('rate of shocks', rate, 100);
    within('index of a severity law', severity, severities.length - 1);
  }
  for (const { cover, failure, deductible, severity, groups: memberships } of names) {
    within('cover', cover, Number.MAX_VALUE);
    within('chance of failure', failure);
    within('deductible', deductible);
    within('index of a severity law', severity, severities.length - 1);
    for (const { weight } of memberships) within('weight in a group', weight);
  }
}

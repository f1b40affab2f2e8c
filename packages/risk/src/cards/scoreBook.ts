import { severityLaw } from '../portfolio/severityLaw.ts';
import type { SeverityLaw } from '../portfolio/types.ts';
import type { LossShare } from '../severity/lossShare.ts';
import {
  type CardModel,
  type CardPolicy,
  defaultPolicy,
  type GroupScore,
  type MarketScore,
} from './types.ts';

/** Everything that cards are made of besides what the chain says: one file, the same for all publishers. */
export type ScoreBook = {
  readonly model: CardModel;
  /** By name or id of the market, in lower case. */
  readonly markets: ReadonlyMap<string, MarketScore>;
  /** By number of the group. */
  readonly groups: ReadonlyMap<number, GroupScore>;
  /** Dollars that a whole unit of an asset is worth, by symbol. */
  readonly assets: ReadonlyMap<string, number>;
  /** Correlation of the markets' own failures through a common factor. */
  readonly correlation: number;
  /** Share of a paid loss that comes back. */
  readonly recovery: SeverityLaw | undefined;
  readonly policy: CardPolicy;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a score book from parsed JSON:
 * `{ model: { baseHazard, size: { perDecade, small, large }, severity, shareBySize: { intercept, slope } }, markets: {
 * <name or id>: { factors: [{ name, multiplier }], failures, years, groups: [{ group, weight }] } }, groups: { <number>:
 * { rate, severity? } }, assets: { <symbol>: dollars }, correlation, recovery?, policy? }`, where a severity is
 * `{ totalMass, alpha, beta }`; a group that has none has the model's.
 * @throws RangeError that names what is wrong
 */
export function parseScoreBook(json: unknown): ScoreBook {
  const book = fields('the score book', json);
  const model = cardModel(fields('model', book.model));
  return {
    model,
    markets: new Map(
      Object.entries(fields('markets', book.markets)).map(([name, given]) => [
        name.toLowerCase(),
        market(name, fields(name, given)),
      ]),
    ),
    groups: new Map(
      Object.entries(fields('groups', book.groups)).map(([number, given]) => {
        const where = `group ${number}`;
        const { rate, severity } = fields(where, given);
        const own = severity === undefined ? model.severity : lossShare(where, severity);
        return [
          Number(number),
          { group: Number(number), rate: numberIn(where, 'rate', rate), severity: own },
        ] as const;
      }),
    ),
    assets: new Map(
      Object.entries(fields('assets', book.assets)).map(([symbol, dollars]) => [
        symbol,
        numberIn('assets', symbol, dollars),
      ]),
    ),
    correlation: numberIn('the score book', 'correlation', book.correlation),
    recovery: book.recovery === undefined ? undefined : severityLaw(lossShare('recovery', book.recovery)),
    policy: policy(book.policy),
  };
}

function cardModel(given: Fields): CardModel {
  const size = fields('size', given.size);
  const { intercept, slope } = fields('shareBySize', given.shareBySize);
  return {
    baseHazard: numberIn('model', 'baseHazard', given.baseHazard),
    size: {
      perDecade: numberAbove('size', 'perDecade', size.perDecade),
      small: numberAbove('size', 'small', size.small),
      large: numberAbove('size', 'large', size.large),
    },
    severity: lossShare('model', given.severity),
    shareBySize: {
      intercept: finite('shareBySize', 'intercept', intercept),
      slope: finite('shareBySize', 'slope', slope),
    },
  };
}

function market(name: string, given: Fields): MarketScore {
  const number = (field: string) => numberIn(name, field, given[field]);
  return {
    factors: list(name, 'factors', given.factors).map((each) => ({
      name: String(fields(name, each).name),
      multiplier: numberIn(name, 'multiplier', fields(name, each).multiplier),
    })),
    failures: number('failures'),
    years: number('years'),
    groups: list(name, 'groups', given.groups).map((each) => ({
      group: numberIn(name, 'group', fields(name, each).group),
      weight: numberIn(name, 'weight', fields(name, each).weight),
    })),
  };
}

function lossShare(where: string, given: unknown): LossShare {
  const { totalMass, alpha, beta } = fields(`severity of ${where}`, given);
  const total = numberIn(where, 'totalMass', totalMass);
  if (total > 1) throw new RangeError(`${where}: totalMass is above 1.`);
  return {
    totalMass: total,
    alpha: numberAbove(where, 'alpha', alpha),
    beta: numberAbove(where, 'beta', beta),
  };
}

function policy(given: unknown): CardPolicy {
  const changes = Object.entries(given === undefined ? {} : fields('policy', given)).map(([name, value]) => {
    if (!(name in defaultPolicy)) throw new RangeError(`policy: there is no ${name}.`);
    return [name, numberIn('policy', name, value)];
  });
  return { ...defaultPolicy, ...Object.fromEntries(changes) };
}

function fields(where: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${where} is not an object.`);
  }
  return value as Fields;
}

function list(where: string, name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new RangeError(`${where}: ${name} is not a list.`);
  return value;
}

function finite(where: string, name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new RangeError(`${where}: ${name} is not a number.`);
  }
  return value;
}

function numberIn(where: string, name: string, value: unknown): number {
  if (finite(where, name, value) < 0) throw new RangeError(`${where}: ${name} is not a number from 0.`);
  return value as number;
}

function numberAbove(where: string, name: string, value: unknown): number {
  if (numberIn(where, name, value) === 0) throw new RangeError(`${where}: ${name} is 0.`);
  return value as number;
}

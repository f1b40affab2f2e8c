import { severityLaw } from '../portfolio/severityLaw.ts';
import type { SeverityLaw } from '../portfolio/types.ts';
import { type CardPolicy, defaultPolicy, type GroupScore, type MarketScore } from './types.ts';

/** Everything that cards are made of besides what the chain says: one file, the same for all publishers. */
export type ScoreBook = {
  /** By name or id of the market. */
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
 * `{ severities: { <name>: { totalLoss, alpha, beta } }, markets: { <name or id>: { baseHazard, perDecade, factors:
 * [{ name, multiplier }], failures, years, severity, severityAt, lossElasticity, groups: [{ group, weight }] } }, groups:
 * { <number>: { rate, severity } }, assets: { <symbol>: dollars }, correlation, recovery?, policy? }`.
 * @throws RangeError that names what is wrong
 */
export function parseScoreBook(json: unknown): ScoreBook {
  const book = fields('the score book', json);
  const laws = new Map(
    Object.entries(fields('severities', book.severities)).map(([name, given]) => [name, law(name, given)]),
  );
  const lawOf = (where: string, name: unknown) => {
    const found = laws.get(String(name));
    if (!found) throw new RangeError(`${where}: there is no severity ${String(name)}.`);
    return found;
  };
  return {
    markets: new Map(
      Object.entries(fields('markets', book.markets)).map(([name, given]) => [
        name.toLowerCase(),
        market(name, fields(name, given), lawOf),
      ]),
    ),
    groups: new Map(
      Object.entries(fields('groups', book.groups)).map(([number, given]) => {
        const group = Number(number);
        const { rate, severity } = fields(`group ${number}`, given);
        const where = `group ${number}`;
        return [
          group,
          { group, rate: numberIn(where, 'rate', rate), severity: lawOf(where, severity) },
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
    recovery: book.recovery === undefined ? undefined : lawOf('recovery', book.recovery),
    policy: policy(book.policy),
  };
}

function market(
  name: string,
  given: Fields,
  lawOf: (where: string, name: unknown) => SeverityLaw,
): MarketScore {
  const number = (field: string) => numberIn(name, field, given[field]);
  return {
    baseHazard: number('baseHazard'),
    perDecade: number('perDecade'),
    factors: list(name, 'factors', given.factors).map((each) => ({
      name: String(fields(name, each).name),
      multiplier: numberIn(name, 'multiplier', fields(name, each).multiplier),
    })),
    failures: number('failures'),
    years: number('years'),
    severity: lawOf(name, given.severity),
    severityAt: number('severityAt'),
    lossElasticity: number('lossElasticity'),
    groups: list(name, 'groups', given.groups).map((each) => ({
      group: numberIn(name, 'group', fields(name, each).group),
      weight: numberIn(name, 'weight', fields(name, each).weight),
    })),
  };
}

function law(name: string, given: unknown): SeverityLaw {
  const { totalLoss, alpha, beta } = fields(`severity ${name}`, given);
  return severityLaw({
    totalLoss: numberIn(name, 'totalLoss', totalLoss),
    alpha: numberIn(name, 'alpha', alpha),
    beta: numberIn(name, 'beta', beta),
  });
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

function numberIn(where: string, name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new RangeError(`${where}: ${name} is not a number from 0.`);
  }
  return value;
}

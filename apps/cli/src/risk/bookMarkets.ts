import { type BookGroup, type BookMarket, type CodeFacts, GROUP_PRIORS } from '@breakwater/risk';
import { cliError } from '../errors.ts';

/** Markets that a score book is made for, and what units of their assets are worth. */
export type BookMarkets = {
  readonly markets: readonly BookMarket[];
  readonly assets: Readonly<Record<string, number>>;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the file that says which protocol each market insures:
 * `{ markets: [{ market, slug, groups: [{ group, kind, weight? }], code? }], assets: { <symbol>: dollars } }`.
 * @throws MarketsInvalid
 */
export function readMarkets(json: unknown): BookMarkets {
  const { markets, assets } = fields('the file', json);
  return {
    markets: list('markets', markets).map((given, i): BookMarket => {
      const where = `market ${i + 1}`;
      const { market, slug, groups, code } = fields(where, given);
      if (typeof market !== 'string' || typeof slug !== 'string')
        throw invalid(where, 'needs market and slug');
      return {
        market,
        slug,
        groups: list(`groups of ${market}`, groups).map((each) => readGroup(market, fields(market, each))),
        code: code === undefined ? undefined : readCode(market, fields(`code of ${market}`, code)),
      };
    }),
    assets: Object.fromEntries(
      Object.entries(assets === undefined ? {} : fields('assets', assets)).map(([symbol, dollars]) => {
        if (typeof dollars !== 'number' || !(dollars > 0))
          throw invalid(symbol, 'is worth no number above 0');
        return [symbol, dollars];
      }),
    ),
  };
}

function readGroup(market: string, { group, kind, weight }: Fields): BookGroup {
  if (!Number.isInteger(group)) throw invalid(market, 'has a group without a number');
  if (typeof kind !== 'string' || !Object.hasOwn(GROUP_PRIORS, kind)) {
    throw invalid(market, `needs kinds of groups among ${Object.keys(GROUP_PRIORS).join(', ')}`);
  }
  if (weight !== undefined && !(typeof weight === 'number' && weight >= 0 && weight <= 1)) {
    throw invalid(market, 'has a weight that is not from 0 to 1');
  }
  return { group: group as number, kind: kind as BookGroup['kind'], weight };
}

const facts = {
  isUpgradeable: 'boolean',
  upgradeDelayHours: 'number',
  hasSingleAdminKey: 'boolean',
  isSourceVerified: 'boolean',
  isAuditMatched: 'boolean',
} as const satisfies Record<keyof CodeFacts, string>;

function readCode(market: string, given: Fields): CodeFacts {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(facts, name)) throw invalid(market, `has the unknown fact ${name}`);
    if (typeof value !== facts[name as keyof CodeFacts]) throw invalid(market, `has ${name} of a wrong type`);
  }
  return given as CodeFacts;
}

function fields(where: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw invalid(where, 'is not an object');
}

function list(where: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(where, 'is not a list');
}

function invalid(where: string, problem: string) {
  return cliError('MarketsInvalid', `The markets cannot be read: ${where} ${problem}.`, 'Correct the file.');
}

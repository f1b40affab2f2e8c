import { at } from '../statistics/cholesky.ts';
import { pick, type Random, randomOf } from '../statistics/random.ts';
import { type Estimate, quantile, sum } from '../statistics/summary.ts';
import { type BookCover, FEE, requiredCapital, type Scheme, type YearBook } from './schemes.ts';

/** One year of a book under a scheme. */
export type YearResult = {
  readonly premium: number;
  readonly claims: number;
  readonly cover: number;
  readonly capital: number;
  readonly utilisation: number;
  readonly events: number;
};

/** What a scheme did with the same covers, over all years. */
export type SchemeResult = {
  readonly name: string;
  readonly years: readonly YearResult[];
  /** Claims and fees over premium, with its 95 % interval. */
  readonly combinedRatio: Estimate;
  readonly lossRatio: Estimate;
  /** Average yearly rate on cover. */
  readonly rate: number;
  /** How often some year's claims took more than its capital and net premium, when projects are drawn anew. */
  readonly ruin: number;
  /** Capital as a share of cover that all but one in two hundred such draws leave enough in every year. */
  readonly capitalNeeded: number;
  /** Loss ratio in fifths of the covers by expected loss, the safest first; each fifth has the same cover. */
  readonly byRisk: readonly number[];
};

/** Claims of a cover in its year: every event's share of it, together at most all of it. */
export function claimsOf({ cover, losses }: BookCover): number {
  return cover * Math.min(1, sum(losses));
}

/** Results of several schemes on the same books; the same draws for all. */
export function compare(
  books: readonly YearBook[],
  schemes: readonly Scheme[],
  { seed, times = 2_000 }: { seed: number; times?: number },
): readonly SchemeResult[] {
  return schemes.map((scheme) => resultOf(books, scheme, randomOf(seed), times));
}

function resultOf(books: readonly YearBook[], scheme: Scheme, random: Random, times: number): SchemeResult {
  const priced = books.map((book) => ({ book, premiums: scheme.premiums(book) }));
  const years = priced.map(({ book, premiums }): YearResult => {
    const cover = sum(book.covers.map((one) => one.cover));
    return {
      premium: sum(premiums),
      claims: sum(book.covers.map(claimsOf)),
      cover,
      capital: book.capital,
      utilisation: requiredCapital(book.covers) / book.capital,
      events: sum(book.covers.map(({ losses }) => losses.length)),
    };
  });
  const units = projectUnits(priced);
  const ratios: number[] = [];
  const loads: number[] = [];
  let ruined = 0;
  const deficits: number[] = [];
  for (let time = 0; time < times; time++) {
    const premium = books.map(() => 0);
    const claims = books.map(() => 0);
    for (let i = 0; i < units.length; i++) {
      const unit = units[pick(random, units.length)] ?? [];
      for (const [year, paid, claimed] of unit) {
        premium[year] = at(premium, year) + paid;
        claims[year] = at(claims, year) + claimed;
      }
    }
    const [paid, claimed] = [sum(premium), sum(claims)];
    loads.push(claimed / paid);
    ratios.push(claimed / paid + feeShare);
    const deficit = claims.map((claim, year) => claim - (1 - feeShare) * at(premium, year));
    if (books.some(({ capital }, year) => at(deficit, year) > capital)) ruined++;
    deficits.push(Math.max(0, ...deficit.map((one, year) => one / (years[year]?.cover ?? 1))));
  }
  const total = {
    premium: sum(years.map((one) => one.premium)),
    claims: sum(years.map((one) => one.claims)),
  };
  const lossRatio = total.claims / total.premium;
  const interval = (value: number, draws: readonly number[]): Estimate => ({
    value,
    low: quantile(draws, 0.025),
    high: quantile(draws, 0.975),
  });
  const exposure = sum(years.map(({ cover }, i) => cover * (books[i]?.years ?? 0)));
  return {
    name: scheme.name,
    years,
    combinedRatio: interval(lossRatio + feeShare, ratios),
    lossRatio: interval(lossRatio, loads),
    rate: total.premium / exposure,
    ruin: ruined / times,
    capitalNeeded: quantile(deficits, 0.995),
    byRisk: byRisk(priced),
  };
}

/** Part of a premium that is the fee. */
const feeShare = FEE / (1 + FEE);

type Priced = { readonly book: YearBook; readonly premiums: readonly number[] };

/** Premium and claims of every project, by year: what is drawn together. */
function projectUnits(
  priced: readonly Priced[],
): readonly (readonly (readonly [number, number, number])[])[] {
  const units = new Map<string, [number, number, number][]>();
  for (const [year, { book, premiums }] of priced.entries()) {
    for (const [i, cover] of book.covers.entries()) {
      const entry: [number, number, number] = [year, at(premiums, i), claimsOf(cover)];
      const unit = units.get(cover.project);
      if (unit) unit.push(entry);
      else units.set(cover.project, [entry]);
    }
  }
  return [...units.values()];
}

function byRisk(priced: readonly Priced[]): readonly number[] {
  const all = priced
    .flatMap(({ book, premiums }) => book.covers.map((one, i) => ({ one, premium: at(premiums, i) })))
    .sort((a, b) => a.one.el - b.one.el);
  const total = sum(all.map(({ one }) => one.cover));
  const fifths = Array.from({ length: 5 }, () => ({ premium: 0, claims: 0 }));
  let passed = 0;
  for (const { one, premium } of all) {
    const fifth = fifths[Math.min(4, Math.floor((5 * passed) / total))];
    passed += one.cover;
    if (fifth === undefined) continue;
    fifth.premium += premium;
    fifth.claims += claimsOf(one);
  }
  return fifths.map(({ premium, claims }) => claims / premium);
}

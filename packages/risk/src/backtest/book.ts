import { type Day, YEAR_DAYS } from '../data/day.ts';
import { projectOf } from '../data/project.ts';
import { MATCHED_SHARE } from '../fit/figures.ts';
import { fitRisk } from '../fit/fit.ts';
import { modelOf } from '../fit/parameters.ts';
import { cohortOf } from '../hazard/cohort.ts';
import { historyOf } from '../hazard/history.ts';
import { levelOn } from '../hazard/level.ts';
import { EXPLOIT_LOSS, predict } from '../hazard/model.ts';
import { meanLossShare, meanSquareLossShare } from '../severity/lossShare.ts';
import { expectedShare } from '../severity/shareBySize.ts';
import { sum } from '../statistics/summary.ts';
import type { BookCover, YearBook } from './schemes.ts';
import type { Records } from './validate.ts';

/** How a book is made of a list. */
export type BookSettings = {
  /** Least value locked of a protocol that cover is sold on, USD. */
  readonly leastTvl: number;
  /** Share of the value locked that is covered. */
  readonly coverShare: number;
  /** Most cover of one protocol, share of all cover. */
  readonly maxShare: number;
  /** All cover, times capital. */
  readonly gearing: number;
  readonly deductible: number;
};

export const BOOK: BookSettings = {
  leastTvl: 1_000_000,
  coverShare: 0.02,
  maxShare: 0.02,
  gearing: 10,
  deductible: 0.05,
};

/** Normal quantile of the posterior hazard that is priced: 80 %. */
const PRICED_AT = 0.8416;

/** Bounds of a card's expected loss. */
const EL_BOUNDS = { low: 0.0025, high: 1 };

/**
 * The books of one list year by year, each priced with parameters that were fitted on nothing later than its start. In
 * the first year there is no follow-up yet: those parameters are of the year before the list.
 */
export function yearBooks(
  records: Records,
  listDay: Day,
  end: Day,
  settings: BookSettings = BOOK,
  progress: (line: string) => void = () => {},
): readonly YearBook[] {
  const books: YearBook[] = [];
  for (let start = listDay; end - start > YEAR_DAYS / 2; start += YEAR_DAYS) {
    progress(`Pricing year ${books.length + 1}`);
    books.push(yearBook(records, listDay, { start, end: Math.min(start + YEAR_DAYS, end) }, settings));
  }
  return books;
}

function yearBook(
  records: Records,
  listDay: Day,
  window: { start: Day; end: Day },
  settings: BookSettings,
): YearBook {
  const none = { sha256: '', rows: 0, kept: 0 };
  const parameters = fitRisk({
    protocols: records.protocols,
    incidents: records.incidents,
    asOf: window.start,
    engine: '',
    inputs: { incidents: none, protocols: none },
  });
  const history = historyOf(records.incidents.filter(({ day }) => day < window.start));
  const cohort = cohortOf(records.protocols, records.events, history, listDay, window);
  const members = cohort.members.filter(
    ({ tvl, isDead }) => tvl !== undefined && tvl.usd >= settings.leastTvl && !isDead,
  );
  const wanted = members.map(({ tvl }) => settings.coverShare * (tvl?.usd ?? 0));
  const most = capFor(wanted, settings.maxShare);
  const { lossShare, shareBySize } = parameters.severity;
  // Squares of shares relative to the shares themselves, as over all sizes.
  const squareRatio = meanSquareLossShare(lossShare) / meanLossShare(lossShare);
  const years = (window.end - window.start) / YEAR_DAYS;
  const model = modelOf(parameters);
  const level = levelOn(parameters.hazard.levels, listDay);
  const covers = members.map((one, i): BookCover => {
    const { expected, logSe } = predict(model, one, window, listDay, parameters.hazard.runOff.se);
    const se = Math.hypot(logSe, level.se);
    // A lognormal's mean is what the coefficients say; the quantile is above its median.
    const rate = ((expected / years) * Math.exp(level.log + PRICED_AT * se - (se * se) / 2)) / MATCHED_SHARE;
    const tvlUsd = one.tvl?.usd ?? 0;
    const paid = 1 - settings.deductible;
    const share = expectedShare(tvlUsd, shareBySize);
    return {
      slug: one.slug,
      project: projectOf(one.slug),
      tvlUsd,
      cover: Math.min(wanted[i] ?? 0, most),
      el: Math.min(EL_BOUNDS.high, Math.max(EL_BOUNDS.low, rate * share * paid)),
      v: Math.min(1, Math.max(1e-4, rate * share * squareRatio * paid * paid)),
      losses: records.events
        .filter(
          ({ slug, day, lossUsd }) =>
            slug === one.slug && day >= window.start && day < window.end && lossUsd >= EXPLOIT_LOSS,
        )
        .map(({ lossUsd }) => paid * Math.min(1, lossUsd / tvlUsd)),
    };
  });
  const total = sum(covers.map(({ cover }) => cover));
  return { start: window.start, years, capital: total / settings.gearing, covers };
}

/** The amount at which no cover is more than a share of all, all being cut to it. */
function capFor(amounts: readonly number[], share: number): number {
  let cap = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 60; round++) {
    const next = share * sum(amounts.map((amount) => Math.min(amount, cap)));
    if (Math.abs(next - cap) < 1) break;
    cap = next;
  }
  return cap;
}

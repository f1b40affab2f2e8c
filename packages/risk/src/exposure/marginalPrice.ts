import { CapitalExceededError } from '../errors.ts';
import { mulDivUp } from '../integer/mulDiv.ts';
import { sqrt } from '../integer/sqrt.ts';
import { requiredCapitalUp } from '../premium/requiredCapital.ts';
import type { Book, Position } from '../types.ts';
import { BPS, CAPITAL_UNIT, RATE, WAD } from '../units.ts';
import { type Slope, slopeOf } from './slope.ts';
import { idiosyncratic, systematic, weightOf } from './variance.ts';

/** Price of one more unit of cover for a year, without fee, 1e18 = 100 % a year, and what it is made of. */
export type MarginalPrice = {
  /** el. */
  readonly expectedLoss: bigint;
  /** CoC z v X / sqrt(V): capital for the market's own size. */
  readonly concentration: bigint;
  /** CoC z sum s w Y / sqrt(V): capital for what fails together with it. */
  readonly contagion: bigint;
  /** (Psi' - 1) times the two: capital is scarce. */
  readonly scarcity: bigint;
  readonly total: bigint;
};

/** Cover at which a first purchase is measured: any, since then price does not depend on size; large, for precision. */
const FIRST_COVER = 2n ** 64n;

/**
 * Derivative of the premium of a year by cover, at nothing bought: el + CoC Psi'(S) z (v X + sum s w Y) / sqrt(V) with
 * Psi'(S) = 1 + S (2 K_p - S) / (2 (K_p - S)^2). Each part is rounded up. The premium is convex in cover, so no
 * purchase costs less than this; an empty pool gives the slope of a first purchase.
 *
 * Source: derivative of `PremiumMath.premium`.
 * @param position the market with the card that is to be priced
 * @throws CapitalExceededError unless S is below K_p
 */
export function marginalPrice(book: Book, position: Position): MarginalPrice {
  const z = BigInt(book.terms.z);
  const required = requiredCapitalUp(book.variance, z);
  const capital = book.pricingCapital * CAPITAL_UNIT;
  if (required >= capital) throw new CapitalExceededError(required, capital);
  const { root, own, groups } = book.variance === 0n ? firstSlope(book, position) : slopeNow(book, position);
  // dS/dX = z / 1e4 x slope / 1e16 / (root / 1e8), times 1e18; CoC has 4 decimals.
  const charge = z * BigInt(book.terms.costOfCapitalBps) * 10n ** 6n;
  const part = (slope: bigint) => (root === 0n ? 0n : mulDivUp(charge, slope, root * BPS));
  const concentration = part(own);
  const contagion = part(groups);
  const left = capital - required;
  const scarcity = mulDivUp(
    concentration + contagion,
    required * (2n * capital - required),
    2n * left * left,
  );
  const expectedLoss = (BigInt(position.card.el) * WAD) / RATE;
  return {
    expectedLoss,
    concentration,
    contagion,
    scarcity,
    total: expectedLoss + concentration + contagion + scarcity,
  };
}

function slopeNow(book: Book, position: Position): Slope & { root: bigint } {
  return { root: sqrt(book.variance), ...slopeOf(book, position) };
}

/** In an empty pool S grows in proportion to cover: the parts of V at some cover, each divided by it. */
function firstSlope(book: Book, { groups, card }: Position): Slope & { root: bigint } {
  const own = idiosyncratic(BigInt(card.v), FIRST_COVER);
  let shared = 0n;
  groups.forEach((group, i) => {
    shared += systematic(BigInt(book.groups.get(group)?.s ?? 0), weightOf(card, i) * FIRST_COVER);
  });
  return { root: sqrt(own + shared), own: own / FIRST_COVER, groups: shared / FIRST_COVER };
}

/** Effect of size on a hazard: what a tenfold value multiplies it with. */
export type SizeEffect = {
  readonly perDecade: number;
  /** More than that below $1M, for each decade. */
  readonly small: number;
  /** More than that above $1B. */
  readonly large: number;
};

/** Largest value locked that the fitted lists hold, decades of USD: beyond it nothing is known of the effect of size. */
const MOST_DECADES = 10;

/** Where the effect is stated, and where it bends: $10M, $1M and $1B. */
const [CENTRE, SMALL, LARGE] = [7, 6, 9] as const;

/** Decades of a value, USD, as far as the effect of size is known. */
export function decadesOf(usd: number): number {
  return Math.min(MOST_DECADES, Math.log10(usd));
}

/** Values of the three terms of size. */
export function sizeTerms(decades: number): { readonly [K in 'tvl' | 'small' | 'large']: number } {
  return {
    tvl: decades - CENTRE,
    small: Math.min(0, decades - SMALL),
    large: Math.max(0, decades - LARGE),
  };
}

/** What a value multiplies the hazard of $10M with; less than a dollar counts as one. */
export function sizeFactor(usd: number, { perDecade, small, large }: SizeEffect): number {
  const terms = sizeTerms(decadesOf(Math.max(1, usd)));
  return perDecade ** terms.tvl * small ** terms.small * large ** terms.large;
}

/** A loss given failure as a share of cover: values in [0, 1], equally likely, ascending. A power of two of them. */
export type SeverityLaw = readonly number[];

/** A name's membership in a shock group. */
export type Membership = {
  /** Number of the group. */
  readonly group: number;
  /** Chance that a shock of the group hits this name, 0 to 1. */
  readonly weight: number;
};

/** One insured market in a pool's book. */
export type Name = {
  /** What it is called in results. */
  readonly id: string;
  /** Sold cover, in any unit: results are in the same. */
  readonly cover: number;
  /** Chance that it fails by itself, not by a shock, within the horizon; 0 to 1. */
  readonly failure: number;
  /** Index of its severity law in the portfolio. */
  readonly severity: number;
  /** Share of a loss that holders bear, 0 to 1. */
  readonly deductible: number;
  readonly groups: readonly Membership[];
};

/** What can hit several names at once. */
export type ShockGroup = {
  readonly group: number;
  /** Expected shocks within the horizon; a Poisson process. */
  readonly rate: number;
  /** Index of the severity law; one draw holds for all names that the shock hits. */
  readonly severity: number;
};

/** A book whose loss over one horizon is simulated. A name fails at most once. */
export type Portfolio = {
  readonly names: readonly Name[];
  readonly groups: readonly ShockGroup[];
  readonly severities: readonly SeverityLaw[];
  /** Correlation of the one-factor Gaussian copula between the names' own failures, 0 to 1. */
  readonly correlation: number;
  /** Share of a paid loss that is recovered: a law like a severity; nothing when left out. */
  readonly recovery?: SeverityLaw | undefined;
};

/** Capital that bears a portfolio's losses, in its unit: junior first, then senior. */
export type Capital = { readonly junior: number; readonly senior: number };

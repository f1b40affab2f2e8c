/** Seconds of a UTC day. */
export const DAY = 86_400n;

/** Seconds of a year of 365 days. */
export const YEAR = 365n * DAY;

/** One in basis points: 10,000 = 100 %. */
export const BPS = 10_000n;

/** One as a rate or coefficient of a risk card: 1e8 = 100 % (`el`, `v`, `s`). */
export const RATE = 10n ** 8n;

/** One as a fixed-point number with 18 decimals. */
export const WAD = 10n ** 18n;

/** Required capital is carried in 1e-12 asset units: `z` has 4 decimals, the root of V times 1e16 has 8. */
export const CAPITAL_UNIT = 10n ** 12n;

/** Most cover of one purchase and of one market, asset units: what a policy and a market can store. */
export const MAX_COVER = 2n ** 88n - 1n;

/** Most unweighted cover of one shock group, asset units: what a pool can store. */
export const MAX_GROUP_COVER = 2n ** 96n - 1n;

/** Shortest term of a new policy, from the purchase to its end, seconds. */
export const MIN_TERM = 14n * DAY;

/** Longest term, from the purchase or the extension to the end, seconds. */
export const MAX_TERM = 365n * DAY;

import { at, cholesky, inverse, solve } from '../statistics/cholesky.ts';
import { sum } from '../statistics/summary.ts';

/** Expected loss share by size: its logit is `intercept + slope x decades of value locked above $10M`. */
export type ShareBySize = {
  readonly intercept: number;
  readonly slope: number;
  /** Standard errors, robust to how shares are distributed around their expectation. */
  readonly interceptSe: number;
  readonly slopeSe: number;
};

/** Value locked at which the intercept holds, decades of USD. */
const CENTRE = 7;

/** Fractional logit by Newton's method: quasi-likelihood, consistent whatever the distribution of the shares. */
export function fitShareBySize(
  events: readonly { readonly tvl: number; readonly share: number }[],
): ShareBySize {
  const rows = events.map(({ tvl }) => [1, Math.log10(tvl) - CENTRE] as const);
  const shares = events.map(({ share }) => share);
  let beta = Float64Array.of(0, 0);
  let value = quasiLikelihood(rows, shares, beta);
  for (let round = 0; round < 50; round++) {
    const { gradient, information } = derivatives(rows, shares, beta);
    const step = solve(cholesky(information, 2), gradient);
    let scale = 1;
    let next = beta.map((one, k) => one + at(step, k));
    while (quasiLikelihood(rows, shares, next) < value && scale > 1e-8) {
      scale /= 2;
      next = beta.map((one, k) => one + scale * at(step, k));
    }
    beta = next;
    value = quasiLikelihood(rows, shares, beta);
    if (Math.max(...step.map(Math.abs)) * scale < 1e-12) break;
  }
  const bread = inverse(cholesky(derivatives(rows, shares, beta).information, 2));
  const se = (k: number) =>
    Math.sqrt(
      sum(
        rows.map((row, i) => {
          const residual = at(shares, i) - logistic(at(beta, 0) + at(beta, 1) * row[1]);
          return (residual * (at(bread, 2 * k) * row[0] + at(bread, 2 * k + 1) * row[1])) ** 2;
        }),
      ),
    );
  return { intercept: at(beta, 0), slope: at(beta, 1), interceptSe: se(0), slopeSe: se(1) };
}

/** Expected share of the value locked that an exploit takes. */
export function expectedShare(
  tvl: number,
  { intercept, slope }: Pick<ShareBySize, 'intercept' | 'slope'>,
): number {
  return logistic(intercept + slope * (Math.log10(Math.max(tvl, 1)) - CENTRE));
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function quasiLikelihood(
  rows: readonly (readonly [number, number])[],
  shares: readonly number[],
  beta: Float64Array,
) {
  return sum(
    rows.map(([, x], i) => {
      const eta = at(beta, 0) + at(beta, 1) * x;
      return at(shares, i) * eta - Math.log1p(Math.exp(eta));
    }),
  );
}

function derivatives(
  rows: readonly (readonly [number, number])[],
  shares: readonly number[],
  beta: Float64Array,
) {
  const gradient = new Float64Array(2);
  const information = new Float64Array(4);
  for (const [i, row] of rows.entries()) {
    const mu = logistic(at(beta, 0) + at(beta, 1) * row[1]);
    for (const a of [0, 1] as const) {
      gradient[a] = at(gradient, a) + row[a] * (at(shares, i) - mu);
      for (const b of [0, 1] as const) {
        information[2 * a + b] = at(information, 2 * a + b) + row[a] * row[b] * mu * (1 - mu);
      }
    }
  }
  return { gradient, information };
}

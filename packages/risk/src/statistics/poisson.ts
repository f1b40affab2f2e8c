import { at, cholesky, inverse, logDeterminant, solve } from './cholesky.ts';

/** Counts with covariates: `rows` holds every row's values, as many as there are priors. */
export type PoissonData = {
  readonly rows: readonly Float64Array[];
  readonly counts: readonly number[];
  /** Logarithm of each row's exposure. */
  readonly offsets: readonly number[];
};

/** Normal prior of a coefficient; an infinite `sd` is none. */
export type Prior = { readonly mean: number; readonly sd: number };

/** A fitted log-linear Poisson regression. */
export type PoissonFit = {
  readonly coefficients: Float64Array;
  /** Inverse of the penalised information (Fisher information plus prior precision), row by row. */
  readonly covariance: Float64Array;
  /** Without the constant of the counts' factorials. */
  readonly logLikelihood: number;
  /** Laplace approximation of the log evidence; comparable between priors on the same data. */
  readonly logEvidence: number;
  readonly iterations: number;
};

/**
 * Largest posterior of count ~ Poisson(exp(offset + row . coefficients)) by Newton's method with step halving.
 * @throws RangeError where it does not converge within 100 steps
 */
export function fitPoisson(data: PoissonData, priors: readonly Prior[]): PoissonFit {
  const size = priors.length;
  let beta = Float64Array.from(priors, ({ mean }) => mean);
  beta[0] = startOf(data, beta);
  let value = objective(data, priors, beta);
  for (let iteration = 1; iteration <= 100; iteration++) {
    const { gradient, information } = derivatives(data, priors, beta);
    const step = solve(cholesky(information, size), gradient);
    const slope = step.reduce((sum, one, i) => sum + one * at(gradient, i), 0);
    let scale = 1;
    let next = move(beta, step, scale);
    let nextValue = objective(data, priors, next);
    while (!(nextValue >= value + 1e-4 * scale * slope) && scale > 1e-9) {
      scale /= 2;
      next = move(beta, step, scale);
      nextValue = objective(data, priors, next);
    }
    const moved = Math.max(...step.map(Math.abs)) * scale;
    if (nextValue >= value) {
      beta = next;
      value = nextValue;
    }
    if (moved < 1e-10 || scale <= 1e-9) return finish(data, priors, beta, value, iteration);
  }
  throw new RangeError('The regression does not converge: give its coefficients priors.');
}

/** Start of the intercept at which expected and observed totals agree, the others being at their means. */
function startOf(data: PoissonData, beta: Float64Array): number {
  const rest = Float64Array.from(beta);
  rest[0] = 0;
  const expected = data.rows.reduce(
    (sum, row, i) => sum + Math.exp(predictor(row, rest) + at(data.offsets, i)),
    0,
  );
  const observed = data.counts.reduce((sum, count) => sum + count, 0);
  return Math.log(Math.max(observed, 0.5) / Math.max(expected, 1e-300));
}

function predictor(row: Float64Array, beta: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < beta.length; k++) sum += at(row, k) * at(beta, k);
  return sum;
}

function move(beta: Float64Array, step: Float64Array, scale: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(beta, (one, i) => one + scale * at(step, i));
}

function objective(data: PoissonData, priors: readonly Prior[], beta: Float64Array): number {
  return logLikelihood(data, beta) + logPrior(priors, beta);
}

function logLikelihood({ rows, counts, offsets }: PoissonData, beta: Float64Array): number {
  let sum = 0;
  for (const [i, row] of rows.entries()) {
    const eta = predictor(row, beta) + at(offsets, i);
    sum += at(counts, i) * eta - Math.exp(eta);
  }
  return sum;
}

/** Without the constants of coefficients that have no prior. */
function logPrior(priors: readonly Prior[], beta: Float64Array): number {
  return priors.reduce((sum, { mean, sd }, k) => {
    if (!Number.isFinite(sd)) return sum;
    return sum - (at(beta, k) - mean) ** 2 / (2 * sd * sd);
  }, 0);
}

function derivatives({ rows, counts, offsets }: PoissonData, priors: readonly Prior[], beta: Float64Array) {
  const size = beta.length;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  for (const [i, row] of rows.entries()) {
    const mu = Math.exp(predictor(row, beta) + at(offsets, i));
    const residual = at(counts, i) - mu;
    for (let a = 0; a < size; a++) {
      const value = at(row, a);
      if (value === 0) continue;
      gradient[a] = at(gradient, a) + value * residual;
      const weighted = value * mu;
      for (let b = 0; b <= a; b++) {
        const other = at(row, b);
        if (other !== 0) information[a * size + b] = at(information, a * size + b) + weighted * other;
      }
    }
  }
  for (const [k, { mean, sd }] of priors.entries()) {
    const precision = Number.isFinite(sd) ? 1 / (sd * sd) : 0;
    gradient[k] = at(gradient, k) - precision * (at(beta, k) - mean);
    // A hair of ridge keeps a column without variation invertible; it moves no estimate.
    information[k * size + k] = at(information, k * size + k) + precision + 1e-9;
  }
  return { gradient, information };
}

function finish(
  data: PoissonData,
  priors: readonly Prior[],
  beta: Float64Array,
  value: number,
  iterations: number,
): PoissonFit {
  const decomposed = cholesky(derivatives(data, priors, beta).information, priors.length);
  const scales = priors.reduce((sum, { sd }) => (Number.isFinite(sd) ? sum + Math.log(sd) : sum), 0);
  return {
    coefficients: beta,
    covariance: inverse(decomposed),
    logLikelihood: logLikelihood(data, beta),
    logEvidence: value - scales - logDeterminant(decomposed) / 2,
    iterations,
  };
}

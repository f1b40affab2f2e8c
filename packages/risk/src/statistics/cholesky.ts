/** Lower triangle L of a symmetric positive definite matrix, row by row; L times its transpose is the matrix. */
export type Cholesky = { readonly size: number; readonly lower: Float64Array };

/**
 * Decomposes a symmetric matrix given row by row. Only its lower triangle is read.
 * @throws RangeError where it is not positive definite
 */
export function cholesky(matrix: Float64Array, size: number): Cholesky {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(matrix, i * size + j);
      for (let k = 0; k < j; k++) sum -= at(lower, i * size + k) * at(lower, j * size + k);
      if (i === j) {
        if (!(sum > 0)) throw new RangeError(`The matrix is not positive definite: pivot ${i} is ${sum}.`);
        lower[i * size + i] = Math.sqrt(sum);
      } else {
        lower[i * size + j] = sum / at(lower, j * size + j);
      }
    }
  }
  return { size, lower };
}

/** Solves A x = b. */
export function solve({ size, lower }: Cholesky, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    let sum = at(x, i);
    for (let k = 0; k < i; k++) sum -= at(lower, i * size + k) * at(x, k);
    x[i] = sum / at(lower, i * size + i);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = at(x, i);
    for (let k = i + 1; k < size; k++) sum -= at(lower, k * size + i) * at(x, k);
    x[i] = sum / at(lower, i * size + i);
  }
  return x;
}

/** The inverse of A, row by row. */
export function inverse(decomposed: Cholesky): Float64Array {
  const { size } = decomposed;
  const result = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1;
    const column = solve(decomposed, unit);
    for (let i = 0; i < size; i++) result[i * size + j] = at(column, i);
  }
  return result;
}

/** The logarithm of A's determinant. */
export function logDeterminant({ size, lower }: Cholesky): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += 2 * Math.log(at(lower, i * size + i));
  return sum;
}

/** An element that is there. */
export function at(array: Float64Array | readonly number[], index: number): number {
  return array[index] ?? Number.NaN;
}

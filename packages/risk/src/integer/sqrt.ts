/**
 * Square root rounded down, exact for every size.
 * @param x not negative
 * @throws RangeError for a negative number
 */
export function sqrt(x: bigint): bigint {
  if (x < 0n) throw new RangeError(`The square root of ${x} is not real.`);
  if (x === 0n) return 0n;
  let root = step(x, firstGuess(x));
  // After one step of Newton's method the estimate is never below the root, and falls until it is there.
  for (let next = step(x, root); next < root; next = step(x, root)) root = next;
  return root;
}

/**
 * Square root rounded up, exact for every size.
 * @param x not negative
 * @throws RangeError for a negative number
 */
export function sqrtUp(x: bigint): bigint {
  const root = sqrt(x);
  return root * root < x ? root + 1n : root;
}

function step(x: bigint, root: bigint): bigint {
  return (root + x / root) >> 1n;
}

/** Some positive number near the root: right to 52 bits where a double can hold `x`. */
function firstGuess(x: bigint): bigint {
  const estimate = Math.sqrt(Number(x));
  return Number.isFinite(estimate) ? BigInt(Math.floor(estimate)) : 1n << BigInt(x.toString(16).length * 2);
}

/** Standard normal distribution function (West 2005, after Hart), accurate to about 1e-15. */
export function normalCdf(x: number): number {
  const a = Math.abs(x);
  if (a > 37) return x > 0 ? 1 : 0;
  const density = Math.exp((-a * a) / 2);
  let tail: number;
  if (a < 7.07106781186547) {
    const top = polynomial(a, hartTop);
    const bottom = polynomial(a, hartBottom);
    tail = (density * top) / bottom;
  } else {
    tail = density / (a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))))) / 2.506628274631;
  }
  return x > 0 ? 1 - tail : tail;
}

const hartTop = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const hartBottom = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
];

function polynomial(x: number, coefficients: readonly number[]): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

/**
 * Quantile of the standard normal distribution (Acklam, with one step of Halley).
 * @param p within (0, 1); 0 and 1 give the infinities
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  let x: number;
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    x = polynomial(q, acklamC) / (polynomial(q, acklamD) * q + 1);
  } else {
    const q = p - 0.5;
    const r = q * q;
    x = (polynomial(r, acklamA) * q) / (polynomial(r, acklamB) * r + 1);
  }
  const error = (normalCdf(x) - p) * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
  return x - error / (1 + (x * error) / 2);
}

const acklamA = [
  -39.6968302866538, 220.946098424521, -275.928510446969, 138.357751867269, -30.6647980661472,
  2.50662827745924,
];
const acklamB = [-54.4760987982241, 161.585836858041, -155.698979859887, 66.8013118877197, -13.2806815528857];
const acklamC = [
  -7.78489400243029e-3, -0.322396458041136, -2.40075827716184, -2.54973253934373, 4.37466414146497,
  2.93816398269878,
];
const acklamD = [7.78469570904146e-3, 0.32246712907004, 2.445134137143, 3.75440866190742];

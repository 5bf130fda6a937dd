const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/**
 * Chance that a standard normal exceeds z, to a relative 1e-13.
 *
 * Up to |z| = 3 it is 1/2 - density(z) (z + z^3 / 3 + z^5 / (3 5) + ...) (Marsaglia, "Evaluating the Normal
 * Distribution", Journal of Statistical Software 11(4), 2004); above, Laplace's continued fraction
 * density(z) / (z + 1 / (z + 2 / (z + 3 / ...))), whose 80 levels are exact there.
 */
export function normalSurvival(z: number): number {
  if (z < -3) return 1 - normalSurvival(-z);
  if (z > 3) return density(z) / laplaceFraction(z);
  let term = z;
  let sum = 0;
  for (let k = 1; sum + term !== sum; k++) {
    sum += term;
    term *= (z * z) / (2 * k + 1);
  }
  return 0.5 - density(z) * sum;
}

/**
 * The z that a standard normal stays below with chance p, to 1e-13.
 *
 * Newton's method on the logarithm of the upper tail, which is concave: from sqrt(-2 ln(2 p)), which is never too small,
 * it comes down to the quantile without leaving that side.
 *
 * @param p - In (0, 1).
 * @example
 * import { normalQuantile } from '@netspace/statistics';
 * normalQuantile(0.975).toFixed(6); // => '1.959964'
 */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  let z = Math.sqrt(-2 * Math.log(2 * p));
  for (;;) {
    const survival = normalSurvival(z);
    const next = z + (Math.log(survival / p) * survival) / density(z);
    if (!(z - next > 1e-13 * z)) return -next;
    z = next;
  }
}

function laplaceFraction(z: number): number {
  let fraction = z;
  for (let k = 80; k >= 1; k--) fraction = z + k / fraction;
  return fraction;
}

import { gammaln } from 'simple-statistics';

/**
 * Chance that a beta variable is at most x: the regularised incomplete beta function I_x(a, b), to a relative 1e-11
 * where a + b is at most some thousands.
 *
 * The continued fraction 26.5.8 of Abramowitz and Stegun ("Handbook of Mathematical Functions", 1964) by Lentz's method,
 * on the side of the mean where it converges in O(sqrt(a + b)) terms.
 *
 * @param x - In [0, 1].
 * @param a - Above 0.
 * @param b - Above 0.
 */
export function betaCdf(x: number, a: number, b: number): number {
  return cdf(x, a, b, logBeta(a, b));
}

/**
 * The x that a beta variable stays below with chance p: the inverse of {@link betaCdf}, to a relative 1e-11.
 *
 * Newton's method on ln I against ln x, which is nearly a line in the lower tail, kept inside a bracket by bisection.
 *
 * @param p - In (0, 1).
 * @param guess - In (0, 1): the closer, the sooner it is found. The mean unless told.
 */
export function betaQuantile(p: number, a: number, b: number, guess = a / (a + b)): number {
  const log = logBeta(a, b);
  let [low, high] = [0, 1];
  let x = guess;
  for (;;) {
    const share = cdf(x, a, b, log);
    if (share < p) low = x;
    else high = x;
    const newton = x * Math.exp((Math.log(p / share) * share) / (x * density(x, a, b, log)));
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-14 * x || next === low || next === high) return next;
    x = next;
  }
}

/** Logarithm of the beta function, which is the same with its arguments exchanged. */
function logBeta(a: number, b: number): number {
  return gammaln(a) + gammaln(b) - gammaln(a + b);
}

/** @param log - Of the beta function. */
function cdf(x: number, a: number, b: number, log: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - cdf(1 - x, b, a, log);
  return (x * (1 - x) * density(x, a, b, log)) / (a * continuedFraction(x, a, b));
}

/** @param log - Of the beta function. */
function density(x: number, a: number, b: number, log: number): number {
  return Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - log);
}

/** 1 + d_1 / (1 + d_2 / (1 + ...)) */
function continuedFraction(x: number, a: number, b: number): number {
  let value = 1;
  let numerator = 1;
  let denominator = 0;
  for (let m = 1; ; m++) {
    const next = coefficient(m, x, a, b);
    denominator = 1 / (1 + next * denominator);
    numerator = 1 + next / numerator;
    value *= numerator * denominator;
    if (Math.abs(numerator * denominator - 1) < 1e-15) return value;
  }
}

function coefficient(m: number, x: number, a: number, b: number): number {
  const k = Math.floor(m / 2);
  const scale = x / ((a + m - 1) * (a + m));
  return m % 2 === 0 ? k * (b - k) * scale : -(a + k) * (a + b + k) * scale;
}

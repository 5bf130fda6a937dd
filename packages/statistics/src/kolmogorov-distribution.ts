/**
 * Chance that the limiting Kolmogorov distribution exceeds x: 2 sum_k (-1)^(k-1) exp(-2 k^2 x^2).
 *
 * Below x = 1 the series converges slowly and cancels; there its theta-function twin is summed,
 * 1 - sqrt(2 pi) / x sum_k exp(-(2k-1)^2 pi^2 / (8 x^2)) (Marsaglia, Tsang, Wang, Journal of Statistical Software
 * 8(18), 2003). Six terms reach double precision in both.
 */
export function kolmogorovSurvival(x: number): number {
  if (x <= 0) return 1;
  const terms = [1, 2, 3, 4, 5, 6];
  if (x < 1) {
    const sum = sumOf(terms, (k) => Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * x * x)));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  return 2 * sumOf(terms, (k) => (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x));
}

function sumOf(terms: readonly number[], term: (k: number) => number): number {
  return terms.reduce((sum, k) => sum + term(k), 0);
}

import type { KolmogorovSmirnov } from '@netspace/contracts';
import { checkValues } from './check-values.js';
import { kolmogorovSurvival } from './kolmogorov-distribution.js';
import { pathShare } from './path-share.js';

/** The exact p-value is computed where the product of the sample sizes is at most this; tens of milliseconds there. */
export const exactLimit = 10_000_000;

/**
 * The two-sample Kolmogorov-Smirnov test, two-sided: D = max over t of |F_a(t) - F_b(t)|.
 *
 * `asymptoticP` is the limiting Kolmogorov distribution at D sqrt(m n / (m + n)); `exactP` counts lattice paths
 * (Hodges, Arkiv för Matematik 3(43), 1958) and is null where m n is above 10^7. Ties are handled as SciPy's `ks_2samp`
 * does: D is taken after all equal values, and both p-values are those of samples without ties, which makes them
 * conservative (too large) where there are some.
 *
 * @param a - First sample, in any order.
 * @param b - Second sample.
 * @throws InvalidInputError where a sample is empty or a value is not finite.
 * @example
 * import { twoSampleKolmogorovSmirnov } from '@netspace/statistics';
 * const test = twoSampleKolmogorovSmirnov([1, 2, 3], [4, 5, 6]);
 * test.statistic; // => 1
 * test.exactP?.toFixed(4); // => '0.1000'
 * test.at; // => 3
 */
export function twoSampleKolmogorovSmirnov(a: readonly number[], b: readonly number[]): KolmogorovSmirnov {
  checkValues('a', a);
  checkValues('b', b);
  const { reach, at, counts } = largestDistance(a, b);
  const product = a.length * b.length;
  const statistic = reach / product;
  return {
    statistic,
    at,
    shares: [counts[0] / a.length, counts[1] / b.length],
    asymptoticP: kolmogorovSurvival(statistic * Math.sqrt(product / (a.length + b.length))),
    exactP: product <= exactLimit ? pathShare(a.length, b.length, reach) : null,
  };
}

/** The largest distance in units of 1 / (m n), a whole number, and where it is. */
function largestDistance(
  a: readonly number[],
  b: readonly number[],
): { reach: number; at: number; counts: [number, number] } {
  const first = Float64Array.from(a).sort();
  const second = Float64Array.from(b).sort();
  let best: ReturnType<typeof largestDistance> = { reach: -1, at: NaN, counts: [0, 0] };
  let i = 0;
  let j = 0;
  while (i < first.length || j < second.length) {
    const at = Math.min(first[i] ?? Infinity, second[j] ?? Infinity);
    while (first[i] === at) i++;
    while (second[j] === at) j++;
    const reach = Math.abs(i * second.length - j * first.length);
    if (reach > best.reach) best = { reach, at, counts: [i, j] };
  }
  return best;
}

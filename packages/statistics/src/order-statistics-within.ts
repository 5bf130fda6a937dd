/**
 * Chance that each order statistic of n independent uniform values lies within its own bounds:
 * lower[i] <= U_(i) <= upper[i] for all i. The exact level of every band around a distribution function comes of it.
 *
 * The count of values up to t is a Poisson process of rate n, given that it ends at n (Khmaladze and Shinjikashvili,
 * Advances in Applied Probability 33(4), 2001; Moscovich and Nadler, Statistics and Probability Letters 123, 2017). Its
 * distribution is carried from bound to bound, and at each one the counts that break it are dropped; all terms are
 * positive, so that nothing cancels. O(n w^2) time for bounds that w counts fit between: w is about 2.7 sqrt(n) for a
 * band of 95 %, so that 1,000 values take some 20 milliseconds.
 *
 * @param lower - Ascending, in [0, 1].
 * @param upper - Ascending, in [0, 1], as many.
 */
export function orderStatisticsWithin(lower: Float64Array, upper: Float64Array): number {
  const n = lower.length;
  let counts: Counts = { least: 0, shares: Float64Array.of(1) };
  let time = 0;
  let passed = 0;
  for (let reached = 0; reached < n || passed < n;) {
    const atUpper = !(lower[reached]! <= upper[passed]!);
    const next = atUpper ? upper[passed]! : lower[reached]!;
    counts = advance(counts, n * (next - time), reached);
    time = next;
    if (atUpper) counts = dropBelow(counts, ++passed);
    else reached++;
    if (counts.shares.length === 0) return 0;
  }
  const ended = advance(counts, n * (1 - time), n);
  return Math.min(1, ended.shares[n - ended.least]! / poissonAtItsMean(n));
}

/** The chance of each count from `least` on. */
interface Counts {
  readonly least: number;
  readonly shares: Float64Array;
}

/** Adds a Poisson number of values and drops the counts above `most`. Exp(-mean) of a long step would be 0: it is cut. */
function advance(counts: Counts, mean: number, most: number): Counts {
  const longest = 500;
  if (mean > longest) return advance(advance(counts, longest, most), mean - longest, most);
  const { least, shares } = counts;
  const width = Math.max(0, most - least + 1);
  const added = poisson(mean, width);
  const sums = new Float64Array(width);
  for (let i = 0; i < Math.min(width, shares.length); i++) {
    const share = shares[i]!;
    for (let k = 0; i + k < width && k < added.length; k++) sums[i + k]! += share * added[k]!;
  }
  return { least, shares: sums };
}

function dropBelow({ least, shares }: Counts, count: number): Counts {
  return count > least ? { least: count, shares: shares.subarray(count - least) } : { least, shares };
}

/** The chances of 0, 1, ... events; fewer than `most` where the rest add nothing in double precision. */
function poisson(mean: number, most: number): Float64Array {
  const shares = new Float64Array(most);
  let share = Math.exp(-mean);
  for (let k = 0; k < most; k++) {
    shares[k] = share;
    share *= mean / (k + 1);
    if (k > mean && share < 1e-40) return shares.subarray(0, k + 1);
  }
  return shares;
}

/** n^n exp(-n) / n! */
function poissonAtItsMean(n: number): number {
  let log = 0;
  for (let k = 1; k <= n; k++) log += Math.log(n / k) - 1;
  return Math.exp(log);
}

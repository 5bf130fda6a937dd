/**
 * Chance that each order statistic of n independent uniform values lies within its own bounds:
 * lower[i] <= U_(i) <= upper[i] for all i. The exact level of every band around a distribution function comes of it.
 *
 * The count of values up to t is a Poisson process of rate n, given that it ends at n (Khmaladze and Shinjikashvili,
 * Advances in Applied Probability 33(4), 2001; Moscovich and Nadler, Statistics and Probability Letters 123, 2017). Its
 * distribution is carried from bound to bound, and at each one the counts that break it are dropped; all terms are
 * positive, so that nothing cancels. It is carried from both ends to 1/2, where the two meet: the same from either end where
 * the bounds are symmetric. O(n w^2) time for bounds that w counts fit between: w is about 2.7 sqrt(n) for a
 * band of 95 %, so that 1,000 values take some milliseconds.
 *
 * @param lower - Ascending, in [0, 1].
 * @param upper - Ascending, in [0, 1], as many.
 */
export function orderStatisticsWithin(lower: Float64Array, upper: Float64Array): number {
  const n = lower.length;
  const before = countsHalfway(lower, upper);
  // Seen from the other end, U_(i) is 1 - U_(n + 1 - i).
  const mirroredLower = mirrored(lower);
  const isSymmetric = upper.every((bound, i) => bound === mirroredLower[i]);
  const after = isSymmetric ? before : countsHalfway(mirrored(upper), mirroredLower);
  let chance = 0;
  for (let count = 0; count <= n; count++) chance += before.chanceOf(count) * after.chanceOf(n - count);
  return Math.min(1, chance / poissonAtItsMean(n));
}

function mirrored(bounds: Float64Array): Float64Array {
  return bounds.map((_, i) => 1 - bounds[bounds.length - 1 - i]!);
}

/** The counts at 1/2, of values that kept within the bounds up to there. */
function countsHalfway(lower: Float64Array, upper: Float64Array): Counts {
  const n = lower.length;
  const counts = new Counts(n);
  let time = 0;
  let passed = 0;
  let reached = 0;
  for (;;) {
    const atUpper = !(lower[reached]! <= upper[passed]!);
    const next = atUpper ? (upper[passed] ?? 1) : lower[reached]!;
    if (!(next < 0.5)) break;
    counts.advance(n * (next - time), reached);
    time = next;
    if (atUpper) counts.dropBelow(++passed);
    else reached++;
  }
  // Of bounds at 1/2 itself, those from below are kept here, and those from above from the other end.
  counts.advance(n * (0.5 - time), reached);
  return counts;
}

/** Exp(-mean) of a longer step would be 0: it is cut. */
const longestStep = 500;

/** Counts whose chances are computed together, so that the processor need not wait for each sum. */
const together = 4;

/** Zeros beside the chances that are added, where the sums of counts that are computed together differ. */
const margin = together - 1;

/** The chance of each count of values, up to n of them, as time goes on. */
class Counts {
  /** The first count; its chance and those of the next ones. */
  private least = 0;
  private number = 1;
  private shares: Float64Array;
  private sums: Float64Array;
  /** Behind the margin, the chances of 0, 1, ... further values. */
  private readonly added: Float64Array;

  constructor(n: number) {
    this.shares = new Float64Array(n + together);
    this.shares[0] = 1;
    this.sums = new Float64Array(n + together);
    this.added = new Float64Array(n + 1 + 2 * margin);
  }

  chanceOf(count: number): number {
    const place = count - this.least;
    return place >= 0 && place < this.number ? this.shares[place]! : 0;
  }

  /** Adds a Poisson number of values and drops the counts above `most`. */
  advance(mean: number, most: number): void {
    if (mean > longestStep) {
      this.advance(longestStep, most);
      this.advance(mean - longestStep, most);
      return;
    }
    const { shares, sums, added } = this;
    const width = Math.max(0, most - this.least + 1);
    const terms = poisson(mean, width, added);
    const before = Math.min(this.number, width);
    for (let count = 0; count < width; count += together) {
      const first = Math.max(0, count - terms + 1);
      const last = Math.min(count + margin, before - 1);
      let [sum, second, third, fourth] = [0, 0, 0, 0];
      for (let from = first, at = margin + count - first; from <= last; from++, at--) {
        const share = shares[from]!;
        sum += share * added[at]!;
        second += share * added[at + 1]!;
        third += share * added[at + 2]!;
        fourth += share * added[at + 3]!;
      }
      sums[count] = sum;
      sums[count + 1] = second;
      sums[count + 2] = third;
      sums[count + 3] = fourth;
    }
    [this.shares, this.sums, this.number] = [sums, shares, width];
  }

  dropBelow(count: number): void {
    const dropped = count - this.least;
    if (dropped <= 0) return;
    this.shares.copyWithin(0, dropped, this.number);
    this.number = Math.max(0, this.number - dropped);
    this.least = count;
  }
}

/** Of a chance that is not tiny itself, what is left of all steps is below its last bits. */
const leastChance = 1e-25;

/**
 * Writes the chances of 0, 1, ... events, `most` at most, between two margins of zeros; those of more events, which add nothing,
 * are left out.
 *
 * @returns How many.
 */
function poisson(mean: number, most: number, chances: Float64Array): number {
  let chance = Math.exp(-mean);
  let events = 0;
  while (events < most && !(events > mean + 1 && chance < leastChance)) {
    chances[margin + events] = chance;
    events++;
    chance *= mean / events;
  }
  chances.fill(0, margin + events, margin + events + margin);
  return events;
}

/** n^n exp(-n) / n! */
function poissonAtItsMean(n: number): number {
  let log = 0;
  for (let k = 1; k <= n; k++) log += Math.log(n / k) - 1;
  return Math.exp(log);
}

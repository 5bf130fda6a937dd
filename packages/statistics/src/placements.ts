/**
 * For each value, how many of the others are below it, those equal counting one half: its rank among them. What the
 * rank tests of two samples are made of. O((m + n) log n) time.
 */
export function placements(values: readonly number[], others: readonly number[]): number[] {
  const ranks = new Ranks(others);
  return values.map((value) => ranks.of(value));
}

/** Ascending values, each once, with the rank of one that is equal to each and of one just below it. */
class Ranks {
  private readonly distinct: Float64Array;
  private readonly below: Uint32Array;

  constructor(values: readonly number[]) {
    const sorted = Float64Array.from(values).sort();
    const starts = new Uint32Array(sorted.length + 1);
    let count = 0;
    for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) starts[count++] = i;
    starts[count] = sorted.length;
    this.distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
    this.below = starts.subarray(0, count + 1);
  }

  of(value: number): number {
    const { distinct, below } = this;
    let [low, high] = [0, distinct.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (distinct[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return distinct[low] === value ? (below[low]! + below[low + 1]!) / 2 : below[low]!;
  }
}

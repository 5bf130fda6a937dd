/**
 * For each value, how many of the others are below it, those equal counting one half: its rank among them. What the
 * rank tests of two samples are made of. O((m + n) log n) time.
 */
export function placements(values: readonly number[], others: readonly number[]): number[] {
  const sorted = Float64Array.from(others).sort();
  return values.map(
    (value) => (firstIndex(sorted, (other) => other >= value) + firstIndex(sorted, (other) => other > value)) / 2,
  );
}

/** The first index from which on a condition holds of ascending values. */
function firstIndex(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * For each value, how many of the others are below it, those equal counting one half: its rank among them. What the
 * rank tests of two samples are made of. O((m + n) log n) time.
 */
export function placements(values: readonly number[], others: readonly number[]): number[] {
  const sorted = Float64Array.from(others).sort();
  return values.map((value) => (countBelow(sorted, value) + sorted.length - countAbove(sorted, value)) / 2);
}

/** How many ascending values are below another. */
function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many ascending values are above another. */
function countAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}

/**
 * Share of the monotone lattice paths from (0, 0) to (m, n) that touch a point (i, j) with |i n - j m| >= reach.
 *
 * Every order of two mixed samples of m and n is such a path, so it is the exact chance that their largest EDF
 * distance is at least reach / (m n), where no values tie (Hodges, Arkiv för Matematik 3(43), 1958). The share of the
 * paths to (i, j) is the mean of its two predecessors' weighted by i and j: a sum of positive terms at most 1, so that
 * neither small shares nor large samples lose digits. O(m n) time, O(n) memory.
 */
export function pathShare(m: number, n: number, reach: number): number {
  if (reach <= 0) return 1;
  const share = new Float64Array(n + 2).fill(1);
  share[0] = 0;
  // Points of as many steps do not depend on each other, so that the processor need not wait for one to compute the next.
  for (let steps = 1; steps <= m + n; steps++) {
    // Those within the reach; on either side of them every path has been beyond it.
    const within = Math.floor((steps * n - reach) / (m + n)) + 1;
    const first = Math.max(within, steps - m, 0);
    const last = Math.min(Math.ceil((steps * n + reach) / (m + n)) - 1, steps, n);
    for (let j = last; j >= Math.max(1, first); j--) {
      share[j] = ((steps - j) * share[j]! + j * share[j - 1]!) / steps;
    }
    share[last + 1] = 1;
    if (within > 0) share[within - 1] = 1;
  }
  return share[n]!;
}

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
  const share = new Float64Array(n + 1).fill(1);
  share[0] = 0;
  for (let i = 0; i <= m; i++) {
    // The points of this row that lie within the reach; on either side of them every path has been beyond it.
    const first = Math.floor((i * n - reach) / m) + 1;
    const last = Math.min(n, Math.ceil((i * n + reach) / m) - 1);
    if (first > 0) share[first - 1] = 1;
    for (let j = Math.max(1, first); j <= last; j++) share[j] = (i * share[j]! + j * share[j - 1]!) / (i + j);
  }
  return share[n]!;
}

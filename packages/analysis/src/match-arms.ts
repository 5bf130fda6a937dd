import type { ArmAnalysis, MatchedComparison, NetworkResult } from '@netspace/contracts';
import { pairedDifferences } from '@netspace/statistics';
import { sampleVariance } from 'simple-statistics';

/** Networks are alike where their flops differ by at most this share of the larger. */
const tolerance = 0.01;

/** Pairs of networks of two arms with equal flops, compared by their differences; null where there are fewer than two. */
export function matchArms(first: ArmAnalysis, other: ArmAnalysis): MatchedComparison | null {
  const pairs = pairsOf(first.networks, other.networks).map(([a, b]) => [a.error, b.error] as const);
  if (pairs.length < 2) return null;
  const { mean, interval, signP } = pairedDifferences(pairs);
  const unpaired = sampleVariance(pairs.map(([a]) => a)) + sampleVariance(pairs.map(([, b]) => b));
  const paired = sampleVariance(pairs.map(([a, b]) => a - b));
  return {
    pairs: pairs.length,
    difference: { difference: mean, interval },
    signP,
    efficiency: paired === 0 ? null : unpaired / paired,
  };
}

/**
 * As many pairs as there can be, each network in one at most: with both lists by ascending flops, the cheapest two that are
 * left are a pair where they are alike, and else the cheaper of them has no partner.
 */
export function pairsOf(
  first: readonly NetworkResult[],
  other: readonly NetworkResult[],
): (readonly [NetworkResult, NetworkResult])[] {
  const [a, b] = [byFlops(first), byFlops(other)];
  const pairs: (readonly [NetworkResult, NetworkResult])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [flopsOfA, flopsOfB] = [flopsOf(a[i]!), flopsOf(b[j]!)];
    const alike = Math.abs(flopsOfA - flopsOfB) <= tolerance * Math.max(flopsOfA, flopsOfB);
    if (alike) pairs.push([a[i]!, b[j]!]);
    if (alike || flopsOfA < flopsOfB) i++;
    if (alike || flopsOfB < flopsOfA) j++;
  }
  return pairs;
}

function byFlops(results: readonly NetworkResult[]): NetworkResult[] {
  return results
    .filter(({ network }) => network.complexity.flops !== undefined)
    .sort((x, y) => flopsOf(x) - flopsOf(y) || x.network.index - y.network.index);
}

const flopsOf = ({ network }: NetworkResult): number => network.complexity.flops!;

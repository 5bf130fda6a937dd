import type { MatchedComparison } from '@netspace/contracts';
import { pairedDifferences, pairedEquivalence, shareInterval } from '@netspace/statistics';
import { sampleVariance } from 'simple-statistics';
import type { ComparedNetwork } from './compared-arm.js';

/** Arms whose mean errors differ by less percentage points are equivalent: what claims call a loss. */
const equivalenceMargin = 1;

/** Networks are alike where their flops differ by at most this share of the larger. */
const tolerance = 0.01;

/** A comparison before the others are known. */
export type UnadjustedMatch = Omit<MatchedComparison, 'adjustedSignP' | 'equivalence'> & {
  readonly equivalence: Omit<MatchedComparison['equivalence'], 'adjustedP'>;
};

/**
 * Pairs of networks of two arms that are alike, compared by their differences; null where there are fewer than two. Alike
 * are those that share the name of a `pair`, or, where a network has none, those of equal flops.
 */
export function matchArms(
  first: readonly ComparedNetwork[],
  other: readonly ComparedNetwork[],
): UnadjustedMatch | null {
  const alikeIn = [first, other].flat().every(({ pair }) => pair !== undefined) ? 'pair' : 'flops';
  const matched = alikeIn === 'pair' ? pairsByName(first, other) : pairsOf(first, other);
  const pairs = matched.map(([a, b]) => [a.error, b.error] as const);
  if (pairs.length < 2) return null;
  const { mean, interval, signP } = pairedDifferences(pairs);
  const unpaired = sampleVariance(pairs.map(([a]) => a)) + sampleVariance(pairs.map(([, b]) => b));
  const paired = sampleVariance(pairs.map(([a, b]) => a - b));
  return {
    alikeIn,
    pairs: pairs.length,
    improved: improvedShare(pairs),
    difference: { difference: mean, interval },
    signP,
    equivalence: { margin: equivalenceMargin, p: pairedEquivalence(pairs, equivalenceMargin) },
    efficiency: paired === 0 ? null : unpaired / paired,
  };
}

function improvedShare(pairs: readonly (readonly [first: number, other: number])[]): MatchedComparison['improved'] {
  const differing = pairs.filter(([a, b]) => a !== b);
  if (differing.length === 0) return null;
  const improved = differing.filter(([a, b]) => b < a).length;
  return { share: improved / differing.length, interval: shareInterval(improved, differing.length) };
}

/** Networks that share a pair's name, in the order of their indexes where several of an arm do. */
function pairsByName(
  first: readonly ComparedNetwork[],
  other: readonly ComparedNetwork[],
): (readonly [ComparedNetwork, ComparedNetwork])[] {
  const partners = new Map<string | undefined, ComparedNetwork[]>();
  for (const result of byIndex(other)) partners.set(result.pair, [...(partners.get(result.pair) ?? []), result]);
  return byIndex(first).flatMap((result) => {
    const partner = partners.get(result.pair)?.shift();
    return partner === undefined ? [] : [[result, partner] as const];
  });
}

function byIndex(results: readonly ComparedNetwork[]): ComparedNetwork[] {
  return [...results].sort((x, y) => x.index - y.index);
}

/**
 * As many pairs as there can be, each network in one at most: with both lists by ascending flops, the cheapest two that are
 * left are a pair where they are alike, and else the cheaper of them has no partner.
 */
export function pairsOf(
  first: readonly ComparedNetwork[],
  other: readonly ComparedNetwork[],
): (readonly [ComparedNetwork, ComparedNetwork])[] {
  const [a, b] = [byFlops(first), byFlops(other)];
  const pairs: (readonly [ComparedNetwork, ComparedNetwork])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [flopsOfA, flopsOfB] = [flopsOf(a[i]!), flopsOf(b[j]!)];
    const alike = Math.abs(flopsOfA - flopsOfB) <= tolerance * Math.max(flopsOfA, flopsOfB);
    if (alike) pairs.push([a[i]!, b[j]!]);
    if (alike || flopsOfA < flopsOfB) i++;
    if (alike || flopsOfB < flopsOfA) j++;
  }
  return pairs;
}

function byFlops(results: readonly ComparedNetwork[]): ComparedNetwork[] {
  return results
    .filter(({ complexity }) => complexity.flops !== undefined)
    .sort((x, y) => flopsOf(x) - flopsOf(y) || x.index - y.index);
}

const flopsOf = ({ complexity }: ComparedNetwork): number => complexity.flops!;

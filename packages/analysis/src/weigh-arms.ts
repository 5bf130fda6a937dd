import type { ArmAnalysis, Complexity, NetworkResult, WeightedComparison } from '@netspace/contracts';
import { largestEdfDistance, weightedEdf } from '@netspace/statistics';

const measures: readonly (keyof Complexity)[] = ['flops', 'params', 'acts'];

/** Bins of equal ratio in which two populations get the same weight. */
const binCount = 10;

/**
 * Two arms with their networks weighted to the same distribution of each measure of complexity, so that what is left of a
 * difference is not that one spends more (Radosavovic et al., "On Network Design Spaces for Visual Recognition", ICCV
 * 2019, section 4.2). The range in which both have networks is divided into ten bins of equal ratio; each bin in which both
 * have some weighs as much as every other, divided evenly among the networks in it. Networks elsewhere weigh nothing.
 */
export function weighArms(first: ArmAnalysis, other: ArmAnalysis): WeightedComparison[] {
  return measures.flatMap((measure) => {
    const [a, b] = [valuesOf(first.networks, measure), valuesOf(other.networks, measure)];
    if (a === null || b === null) return [];
    const binOf = sharedBins(a, b);
    if (binOf === null) return [];
    const binsOfB = new Set(b.map(binOf));
    const shared = new Set(a.map(binOf).filter((bin) => bin !== null && binsOfB.has(bin)));
    if (shared.size === 0) return [];
    const weigh = (arm: ArmAnalysis, values: readonly number[]): WeightedComparison['first'] => {
      const bins = values.map(binOf);
      const sizes = new Map<number | null, number>();
      for (const bin of bins) sizes.set(bin, (sizes.get(bin) ?? 0) + 1);
      const weights = bins.map((bin) => (shared.has(bin) ? 1 / sizes.get(bin)! : 0));
      const { steps, mean, effectiveSize } = weightedEdf({ errors: arm.networks.map(({ error }) => error), weights });
      return { edf: steps, mean, effectiveNetworks: effectiveSize };
    };
    const [weighedFirst, weighedOther] = [weigh(first, a), weigh(other, b)];
    const { distance } = largestEdfDistance(weighedFirst.edf, weighedOther.edf);
    return [{ measure, first: weighedFirst, other: weighedOther, distance }];
  });
}

/** Null where a network's value is not known. */
function valuesOf(results: readonly NetworkResult[], measure: keyof Complexity): number[] | null {
  const values = results.map(({ network }) => network.complexity[measure]);
  return values.every((value) => value !== undefined) ? values : null;
}

/** The bin of a value in the range that both lists reach into; null outside. Null where there is no such range. */
function sharedBins(a: readonly number[], b: readonly number[]): ((value: number) => number | null) | null {
  const low = Math.log(Math.max(Math.min(...a), Math.min(...b)));
  const high = Math.log(Math.min(Math.max(...a), Math.max(...b)));
  if (!(high > low)) return null;
  return (value) => {
    const position = (Math.log(value) - low) / (high - low);
    if (position < 0 || position > 1) return null;
    return Math.min(binCount - 1, Math.floor(position * binCount));
  };
}

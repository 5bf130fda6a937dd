import type { Complexity, WeightedComparison } from '@netspace/contracts';
import { largestEdfDistance, type WeightedEdf, weightedEdf } from '@netspace/statistics';
import type { ComparedNetwork } from './compared-arm.js';

const measures: readonly (keyof Complexity)[] = ['flops', 'params', 'acts'];

/** Bins of equal ratio in which two populations get the same weight. */
const binCount = 10;

/**
 * Two arms with their networks weighted to the same distribution of each measure of complexity, so that what is left of a
 * difference is not that one spends more (Radosavovic et al., "On Network Design Spaces for Visual Recognition", ICCV
 * 2019, section 4.2). The range in which both have networks is divided into ten bins of equal ratio; each bin in which both
 * have some weighs as much as every other, divided evenly among the networks in it. Networks elsewhere weigh nothing.
 */
export function weighArms(first: readonly ComparedNetwork[], other: readonly ComparedNetwork[]): WeightedComparison[] {
  return measures.flatMap((measure) => {
    const [a, b] = [valuesOf(first, measure), valuesOf(other, measure)];
    if (a === null || b === null) return [];
    const binOf = sharedBins(a, b);
    if (binOf === null) return [];
    const [binsOfA, binsOfB] = [a.map(binOf), b.map(binOf)];
    const [sizesOfA, sizesOfB] = [sizesOf(binsOfA), sizesOf(binsOfB)];
    if (!sizesOfA.some((size, bin) => size > 0 && sizesOfB[bin]! > 0)) return [];
    const weighedFirst = weigh(first, binsOfA, sizesOfA, sizesOfB);
    const weighedOther = weigh(other, binsOfB, sizesOfB, sizesOfA);
    const { distance } = largestEdfDistance(weighedFirst.steps, weighedOther.steps);
    return [{ measure, first: summaryOf(weighedFirst), other: summaryOf(weighedOther), distance }];
  });
}

/** How many networks each bin has. */
function sizesOf(bins: readonly (number | null)[]): number[] {
  const sizes = new Array<number>(binCount).fill(0);
  for (const bin of bins) if (bin !== null) sizes[bin]!++;
  return sizes;
}

/** @param others - Sizes of the bins in the other arm: what is in one that is empty there weighs nothing. */
function weigh(
  networks: readonly ComparedNetwork[],
  bins: readonly (number | null)[],
  sizes: readonly number[],
  others: readonly number[],
): WeightedEdf {
  const errors = networks.map(({ error }) => error);
  return weightedEdf({ errors, weights: bins.map((bin) => (bin !== null && others[bin]! > 0 ? 1 / sizes[bin]! : 0)) });
}

function summaryOf({ mean, effectiveSize }: WeightedEdf): WeightedComparison['first'] {
  return { mean, effectiveNetworks: effectiveSize };
}

/** Null where a network's value is not known. */
function valuesOf(results: readonly ComparedNetwork[], measure: keyof Complexity): number[] | null {
  const values = results.map(({ complexity }) => complexity[measure]);
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

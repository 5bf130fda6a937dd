import { openRandom } from '@netspace/random';
import { type Distribution, type Distributions, samplerOf, valueCount } from './distribution.js';

/** Draws for each value, at most, until all have been seen. */
const drawsPerValue = 200;

/**
 * All values of a distribution, ascending, as its sampler gives them; undefined where some are so rare that not all were
 * seen.
 */
export function listValues(distribution: Distribution, distributions: Distributions): number[] | undefined {
  const count = valueCount(distribution, distributions);
  const sampler = samplerOf(distribution, distributions);
  const random = openRandom(0, 'list values');
  const values = new Set<number>();
  for (let draw = 0; draw < drawsPerValue * count && values.size < count; draw++) values.add(sampler(random));
  return values.size < count ? undefined : [...values].sort((a, b) => a - b);
}

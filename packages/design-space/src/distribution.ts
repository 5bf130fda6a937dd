import { unknownName } from '@netspace/config-file';
import {
  type BoundsProblem,
  type Distribution,
  type DistributionKind,
  InvalidInputError,
  type Random,
} from '@netspace/contracts';
import { shippedDistributions } from './shipped-distributions.js';

export type { Distribution } from '@netspace/contracts';

/** Kinds of distributions by name: the shipped ones, or these and those of plugins. */
export type Distributions = Readonly<Record<string, DistributionKind>>;

/**
 * One draw from a distribution.
 *
 * @param distributions - The kinds that it may name; the shipped ones by default.
 * @throws InvalidInputError where there is no such kind, or its bounds are not those of its kind.
 * @example
 * import { draw } from '@netspace/design-space';
 * import { openRandom } from '@netspace/random';
 * const width = draw({ distribution: 'log_uniform', low: 8, high: 1024, quantum: 8 }, openRandom(7));
 * width % 8; // => 0
 */
export function draw(
  distribution: Distribution,
  random: Random,
  distributions: Distributions = shippedDistributions,
): number {
  const problem = boundsProblem(distribution, distributions);
  if (problem !== undefined) throw new InvalidInputError(problem);
  return samplerOf(distribution, distributions)(random);
}

/** The function that draws from a distribution whose bounds were checked. */
export function samplerOf(distribution: Distribution, distributions: Distributions): (random: Random) => number {
  return kindOf(distribution, distributions).sampler(distribution);
}

/** Number of values that a distribution can take. */
export function valueCount(distribution: Distribution, distributions: Distributions): number {
  return kindOf(distribution, distributions).valueCount(distribution);
}

/** What is wrong with the bounds of a distribution; undefined where nothing is. */
export function boundsProblem(distribution: Distribution, distributions: Distributions): BoundsProblem | undefined {
  const { low, high, quantum } = distribution;
  if (!(quantum > 0)) return { key: 'quantum', problem: `got ${quantum}`, expected: 'a number above 0' };
  if (!(low <= high)) return { key: 'low', problem: `got ${low}, above high`, expected: `at most ${high}` };
  return kindOf(distribution, distributions).boundsProblem?.({ low, high, quantum });
}

/** @throws InvalidInputError where there is no such kind. */
function kindOf({ distribution }: Distribution, distributions: Distributions): DistributionKind {
  if (Object.hasOwn(distributions, distribution)) return distributions[distribution]!;
  throw new InvalidInputError({ key: 'distribution', ...unknownName(distribution, Object.keys(distributions)) });
}

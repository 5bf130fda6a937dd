import type { EdfStep } from '@netspace/contracts';
import { checkValues, fail } from './check-values.js';

/** Errors of networks that stand for more or less of a population than one. */
export interface WeightedErrors {
  /** One a network. */
  readonly errors: readonly number[];
  /** At least 0, one for each error, not all 0; only their ratios matter. */
  readonly weights: readonly number[];
}

/** The distribution of weighted errors. */
export interface WeightedEdf {
  /** As {@link errorEdf} has them; each error steps by its share of the weights. */
  readonly steps: readonly EdfStep[];
  readonly mean: number;
  /**
   * Kish's effective sample size (sum of weights)^2 / (sum of squared weights): how many networks of equal weight would
   * say as much. At most the number of networks.
   */
  readonly effectiveSize: number;
}

/**
 * The empirical distribution function of weighted errors, as exact steps, e.g. of a population that is weighted to the
 * distribution of flops of another, as "On Network Design Spaces for Visual Recognition" controls for complexity
 * (Radosavovic et al., ICCV 2019). O(n log n) time.
 *
 * @throws InvalidInputError where there is no error, a number is not finite, a weight is below 0, all are 0, or the lists
 * differ in length.
 * @example
 * import { weightedEdf } from '@netspace/statistics';
 * const { steps, mean, effectiveSize } = weightedEdf({ errors: [8, 6, 10], weights: [1, 2, 1] });
 * steps[0]; // => { error: 6, below: 0, atMost: 0.5 }
 * mean; // => 7.5
 * effectiveSize.toFixed(2); // => '2.67'
 */
export function weightedEdf({ errors, weights }: WeightedErrors): WeightedEdf {
  checkWeights(errors, weights);
  const ascending = [...errors.keys()].sort((a, b) => errors[a]! - errors[b]!);
  const reached: { error: number; weight: number }[] = [];
  let total = 0;
  let weighted = 0;
  let squares = 0;
  for (const index of ascending) {
    const [error, weight] = [errors[index]!, weights[index]!];
    total += weight;
    weighted += weight * error;
    squares += weight ** 2;
    if (reached.at(-1)?.error === error) reached.pop();
    if (total > 0) reached.push({ error, weight: total });
  }
  const steps = reached.map(({ error, weight }, index) => ({
    error,
    below: (reached[index - 1]?.weight ?? 0) / total,
    atMost: weight / total,
  }));
  return { steps, mean: weighted / total, effectiveSize: total ** 2 / squares };
}

function checkWeights(errors: readonly number[], weights: readonly number[]): void {
  checkValues('errors', errors);
  checkValues('weights', weights);
  if (weights.length !== errors.length)
    fail('weights', `${weights.length} values`, `${errors.length}, one for each error`);
  const negative = weights.findIndex((weight) => weight < 0);
  if (negative >= 0) fail(`weights[${negative}]`, weights[negative]!, 'a number of at least 0');
  if (weights.every((weight) => weight === 0)) fail('weights', '0 everywhere', 'a weight above 0');
}

import { bestsOfResamples } from '@netspace/statistics';
import { choiceError } from './chosen-by.js';
import type { MeasuredArm } from './measured-arm.js';

/**
 * The networks of each arm that are the best of many samples of it, by their places in its results; none of an arm of which
 * no network completed.
 */
export function bestOfResamplesByArm(arms: readonly MeasuredArm[]): (readonly number[])[] {
  const drawn = arms.filter(({ results }) => results.some(({ diverged }) => !diverged));
  const best = bestsOfResamples(
    drawn.map(({ arm, results, chosenBy }) => ({
      errors: results.map((result) => choiceError(result, chosenBy)),
      seed: arm.population.seed,
    })),
  );
  return arms.map((arm) => best[drawn.indexOf(arm)] ?? []);
}

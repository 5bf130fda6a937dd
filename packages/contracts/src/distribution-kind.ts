import type { Random } from './random.js';

/** The ends of a distribution's values and the step between them: multiples of `quantum` from `low` to `high`, both included. */
export interface DistributionBounds {
  readonly low: number;
  readonly high: number;
  /** Above 0. */
  readonly quantum: number;
}

/** A value of bounds that a distribution cannot have. */
export interface BoundsProblem {
  readonly key: keyof DistributionBounds;
  /** What is wrong: `got 3`. */
  readonly problem: string;
  /** What would be valid. */
  readonly expected: string;
}

/** One kind of distribution of a parameter's values. */
export interface DistributionKind {
  /** What is wrong with bounds beyond `low <= high` and `quantum > 0`, which hold already; undefined where they are valid. */
  readonly boundsProblem?: (bounds: DistributionBounds) => BoundsProblem | undefined;
  /** Number of values it can take. */
  readonly valueCount: (bounds: DistributionBounds) => number;
  /** The function that draws: every value is within the bounds. */
  readonly sampler: (bounds: DistributionBounds) => (random: Random) => number;
}

/** A sample in a few numbers. */
export interface Summary {
  /** Number of values. */
  readonly n: number;
  readonly min: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly max: number;
  readonly mean: number;
}

/** A step of an empirical distribution function. */
export interface EdfStep {
  /** Where it steps. */
  readonly error: number;
  /** Share of the errors below `error`: the paper's F(error), before the step. */
  readonly below: number;
  /** Share of the errors that are at most `error`, after the step; up to 1. */
  readonly atMost: number;
}

/** How far apart two samples' distributions are. */
export interface KolmogorovSmirnov {
  /** D: the largest distance of the two EDFs, in [0, 1]. */
  readonly statistic: number;
  /** Where the distance is largest; the smallest such value. */
  readonly at: number;
  /** Share of each sample that is at most `at`. */
  readonly shares: readonly [a: number, b: number];
  /** Chance of a distance of at least D, were both of one distribution, in the limit of large samples. */
  readonly asymptoticP: number;
  /** The same for these sample sizes, if no values tie; null where it was not computed. */
  readonly exactP: number | null;
}

/** Where good values of a parameter lie. */
export interface BootstrapRange {
  readonly median: number;
  /** The 2.5th percentile. */
  readonly low: number;
  /** The 97.5th percentile. */
  readonly high: number;
}

/** A curve y = intercept + slope x. */
export interface LineFit {
  readonly intercept: number;
  readonly slope: number;
  /** Share of y's variance that the fit explains, in [0, 1]; 1 where y does not vary. */
  readonly r2: number;
}

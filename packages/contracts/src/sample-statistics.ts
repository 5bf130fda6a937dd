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

/** Where a number lies, with some confidence; both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Where a distribution function F lies, from one distinct error up to the next. */
export interface EdfBandStep {
  readonly error: number;
  /** Least share of the space's networks that have at most such an error. */
  readonly lower: number;
  /** Largest share. */
  readonly upper: number;
}

/** A simultaneous confidence band around an EDF, as exact steps. */
export interface EdfBand {
  /** Upper bound of F below the smallest error; the lower bound is 0 there. */
  readonly below: number;
  /** One for each distinct error, ascending. */
  readonly steps: readonly EdfBandStep[];
}

/** The difference of a number between two samples, first - other, with its 95 % interval. */
export interface Difference {
  readonly difference: number;
  /** Null where the samples are too small to have one. */
  readonly interval: Interval | null;
}

import type { Complexity, Regime } from './complexity.js';
import type { Latencies, Latency } from './latency.js';
import type { SampledNetwork, SamplingReport } from './population.js';
import type { QuantizedLinearFit } from './quantized-linear.js';
import type { BootstrapRange, EdfStep, KolmogorovSmirnov, LineFit, Summary } from './sample-statistics.js';

/** What became of one network of an arm. */
export interface NetworkResult {
  readonly network: SampledNetwork;
  /** Mean over its trainings, per cent; a training that diverged counts as 100. */
  readonly error: number;
  /** Of each training, by replicate; null where that one is missing or failed. */
  readonly errors: readonly (number | null)[];
  /** Whether any of its trainings diverged. */
  readonly diverged: boolean;
  /** Wall-clock seconds of all its trainings. */
  readonly seconds: number;
  /** The quantised-linear rule closest to its widths. */
  readonly fit: QuantizedLinearFit;
  /** Width of each block by that rule. */
  readonly fittedWidths: readonly number[];
}

/** A training that could not run. */
export interface Failure {
  readonly networkId: string;
  readonly replicate: number;
  readonly message: string;
}

/**
 * How much of an arm there is. All count networks but `trainings`: networks = trained + failed + missing, and
 * trained = completed + diverged.
 */
export interface ArmCounts {
  /** Asked for. */
  readonly networks: number;
  /** With a result: at least one of their trainings completed or diverged. */
  readonly trained: number;
  /** Of these, without a training that diverged. */
  readonly completed: number;
  /** Of these, with a training that diverged. */
  readonly diverged: number;
  /** Without a result, since all their trainings so far failed. */
  readonly failed: number;
  /** Not tried yet. */
  readonly missing: number;
  /** Trainings with a result and trainings that failed, of all that were asked for: `networks` times replicates. */
  readonly trainings: { readonly done: number; readonly failed: number; readonly asked: number };
}

/** One parameter, drawn or derived, of an arm's networks. */
export interface ParameterSeries {
  /** `w[1]`, `depth`, `flops`. */
  readonly name: string;
  /** Whether the space draws it; otherwise it follows from the network. */
  readonly kind: 'drawn' | 'derived' | 'fitted';
  /** Its value in each of the arm's `networks`, in their order. */
  readonly values: readonly number[];
  /**
   * Where the values of the best networks lie: median and 95 % range of the empirical bootstrap. Its draws are made from
   * the networks in the order of the population, so that they do not depend on the order of results.
   */
  readonly best: BootstrapRange;
  /** Spearman's correlation of value and error; null where all errors are equal. */
  readonly rankCorrelation: number | null;
}

/** How the cost of an arm's best networks grows with their flops. */
export interface Trends {
  /** The best quarter of the networks that did not diverge are `networks[0]` to `networks[best - 1]` among those. */
  readonly best: number;
  /** Params linear in flops; null where the flops of the best are too much alike. */
  readonly params: LineFit | null;
  /** Acts linear in the square root of flops. */
  readonly acts: LineFit | null;
  /** Ids of the networks that are better than all cheaper ones, by flops. */
  readonly frontier: readonly string[];
}

/** How inference time goes together with a measure of complexity; null where one of them does not vary. */
export interface LatencyCorrelation {
  /** Of the values. */
  readonly pearson: number;
  /** Of their ranks. */
  readonly spearman: number;
}

/** A network, trained or not, whose inference time was measured. */
export interface MeasuredNetwork {
  readonly networkId: string;
  readonly complexity: Complexity;
  readonly latency: Latency;
}

/** The inference times of an arm's networks. */
export interface ArmLatency {
  /** In the order of the population; at least one. */
  readonly networks: readonly MeasuredNetwork[];
  /** Median over the networks of their times, in milliseconds. */
  readonly median: number;
  readonly correlations: Readonly<Record<keyof Complexity, LatencyCorrelation | null>>;
}

/** A population and all that its results say. Errors in per cent. */
export interface ArmAnalysis {
  /** Distinct in the study. */
  readonly name: string;
  /** Name of its setting. */
  readonly setting: string;
  readonly space: string;
  readonly regime: Regime;
  readonly seed: number;
  readonly sampling: SamplingReport;
  readonly degreesOfFreedom: number;
  /** Number of networks in the space, as text: `1.8e18`, `at most 3.0e8`. */
  readonly size: string;
  readonly counts: ArmCounts;
  /** The networks with a result, best first. */
  readonly networks: readonly NetworkResult[];
  readonly failures: readonly Failure[];
  /** Of `networks`; null where there is none. */
  readonly errors: Summary | null;
  readonly edf: readonly EdfStep[];
  /** Expected lowest error of m random networks, m from 1 to their number: the first value is that of m = 1. */
  readonly expectedBest: readonly number[];
  /** Every parameter that varies; none where no network completed. */
  readonly parameters: readonly ParameterSeries[];
  /** Null where no network completed. */
  readonly trends: Trends | null;
  /** Spearman's correlation of e_fit and error among the networks that completed; null where one of them does not vary. */
  readonly fitErrorCorrelation: number | null;
  /** Null where no time was measured. */
  readonly latency: ArmLatency | null;
}

/** Two arms beside each other. */
export interface ArmComparison {
  /** Names of the arms. */
  readonly first: string;
  readonly other: string;
  readonly test: KolmogorovSmirnov;
  /** Exact where it was computed, else asymptotic. */
  readonly p: number;
  /** Adjusted for the number of comparisons (Holm). */
  readonly adjustedP: number;
  /** Whose curve lies nowhere below the other's: only then is an arm better at every error. */
  readonly dominates: 'first' | 'other' | 'both' | 'neither';
}

/** All that is computed from a study's results. */
export interface StudyAnalysis {
  readonly arms: readonly ArmAnalysis[];
  /** Every arm with results against the first of its setting, and against the arm of its space in the first setting. */
  readonly comparisons: readonly ArmComparison[];
  /** What the inference times were measured on. */
  readonly latency: Pick<Latencies, 'engine' | 'batchSize'> | null;
}

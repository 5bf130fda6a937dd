import type { Complexity, Regime } from './complexity.js';
import type { Latency } from './latency.js';
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
}

/** A training that could not run. */
export interface Failure {
  readonly networkId: string;
  readonly replicate: number;
  readonly message: string;
}

/** How much of an arm there is. All count networks but `trainings`. */
export interface ArmCounts {
  /** Asked for. */
  readonly networks: number;
  /** With a result: at least one of their trainings completed or diverged. */
  readonly trained: number;
  /** Of these, whose trainings all completed. */
  readonly completed: number;
  /** Of these, with a training that diverged. */
  readonly diverged: number;
  /** Without a result, since all their trainings so far failed. */
  readonly failed: number;
  /** Not tried yet. */
  readonly missing: number;
  /** Trainings with a result, of all that were asked for: `networks` times replicates. */
  readonly trainings: { readonly done: number; readonly asked: number };
}

/** One parameter, drawn or derived, of an arm's networks. */
export interface ParameterSeries {
  /** `w[1]`, `depth`, `flops`. */
  readonly name: string;
  /** Whether the space draws it; otherwise it follows from the network. */
  readonly kind: 'drawn' | 'derived' | 'fitted';
  /** Its value in each of the arm's `networks`, in their order. */
  readonly values: readonly number[];
  /** Where the values of the best networks lie: median and 95 % range of the empirical bootstrap. */
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

/** The inference times of an arm's networks. */
export interface ArmLatency {
  /** By network id. */
  readonly networks: Readonly<Record<string, Latency>>;
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
  /** Expected lowest error of m random networks, m from 1 to their number. */
  readonly expectedBest: readonly number[];
  /** Every parameter that varies; none where no network completed. */
  readonly parameters: readonly ParameterSeries[];
  readonly trends: Trends | null;
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
  /** Every arm with results against the first of its setting. */
  readonly comparisons: readonly ArmComparison[];
  /** What the inference times were measured on. */
  readonly latency: { readonly engine: string; readonly batchSize: number } | null;
}

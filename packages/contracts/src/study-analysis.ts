import type { Complexity, Regime } from './complexity.js';
import type { Latency, LatencySeries } from './latency.js';
import type { NetworkConfig } from './network-config.js';
import type { SampledNetwork, SamplingReport } from './population.js';
import type { QuantizedLinearFit } from './quantized-linear.js';
import type { ClaimResult } from './claim.js';
import type {
  BootstrapRange,
  Difference,
  EdfBand,
  EdfStep,
  Interval,
  KolmogorovSmirnov,
  LineFit,
  Summary,
} from './sample-statistics.js';

/** A network with a result: of one that was trained elsewhere maybe no more is known than parameters. */
export interface ResultNetwork extends Pick<SampledNetwork, 'id' | 'index' | 'parameters'> {
  /** The measures that are known. */
  readonly complexity: Partial<Complexity>;
  readonly config: NetworkConfig | null;
  /**
   * What it shares with those networks of other arms that are alike but for what the arms differ in: matched comparisons
   * pair these. Where it is left out, they pair networks of equal flops.
   */
  readonly pair?: string;
}

/** What became of one network of an arm. */
export interface NetworkResult {
  readonly network: ResultNetwork;
  /** Test error: mean over its trainings, per cent; a training that diverged counts as 100. */
  readonly error: number;
  /** The same of the validation part; null where one of its trainings has none. Networks are chosen by it where all of an arm have it. */
  readonly validationError: number | null;
  /** Of each training, by replicate; null where that one is missing or failed. */
  readonly errors: readonly (number | null)[];
  /** Whether any of its trainings diverged. */
  readonly diverged: boolean;
  /**
   * Whether any of its trainings completed without learning: its last training loss is above 90 % of that of predicting
   * the frequencies of the classes. False where losses are not known.
   */
  readonly untrained: boolean;
  /**
   * The error that its mean over very many trainings would have, shrunk towards the mean of its arm by the reliability of
   * `error`: so that the best of many, chosen for low errors, is not credited with its luck. Null where the variance
   * between trainings of one network is not known.
   */
  readonly expectedError: { readonly error: number; readonly interval: Interval } | null;
  /** Wall-clock seconds of all its trainings; null where they are not known. */
  readonly seconds: number | null;
  /** The quantised-linear rule closest to its widths; null where they are not known. */
  readonly fit: QuantizedLinearFit | null;
  /** Width of each block by that rule; none where there is no rule. */
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
  /**
   * Of the completed, those that did not learn: see {@link NetworkResult.untrained}. Null where that cannot be told, since the
   * loss of chance is not known, as of networks that were trained elsewhere.
   */
  readonly untrained: number | null;
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

/** The inference times of an arm's networks by one engine, in passes of one size. */
export interface ArmLatency extends Pick<LatencySeries, 'engine' | 'description' | 'batchSize'> {
  /** In the order of the population; at least one. */
  readonly networks: readonly MeasuredNetwork[];
  /** Median over the networks of their times, in milliseconds. */
  readonly median: number;
  readonly correlations: Readonly<Record<keyof Complexity, LatencyCorrelation | null>>;
}

/** The best of a number of random networks. */
export interface BestOf {
  /** Number of networks: 1, 2, ... */
  readonly networks: number;
  /** Expected test error of the one that is chosen. */
  readonly expected: number;
  /** Median of the same over draws from the space, with its simultaneous 95 % band; 0 and 100 where it is not bounded. */
  readonly median: number;
  readonly interval: Interval;
}

/** How much of the errors is the networks', and how much the luck of a training. */
export interface Repeatability {
  /** Networks that were trained more than once. */
  readonly networks: number;
  /** Standard deviation of one network's trainings, percentage points. */
  readonly within: number;
  /** Standard deviation of the networks' true errors, percentage points. */
  readonly between: number;
  /** Reliability of a ranking by one training each, in [0, 1], with its 95 % interval; null where no error differs. */
  readonly reliability: { readonly value: number; readonly interval: Interval } | null;
  /** Trainings of each network for which the ranking's reliability is 0.9 (Spearman-Brown); null where none suffices. */
  readonly trainingsForReliableRanking: number | null;
}

/** How well the errors after an epoch rank the networks as those after the last do. */
export interface EpochRanking {
  /** Counts from 1. */
  readonly epoch: number;
  /** Spearman's rank correlation with the last epoch, with its 95 % interval. */
  readonly rankCorrelation: number;
  readonly interval: Interval;
}

/** How the widths of the best networks grow from block to block: w_j = a (j + 1), j from 0 (paper, section 3.3). */
export interface WidthTrend {
  /** The best so many networks. */
  readonly networks: number;
  /** a: the geometric mean of w_j / (j + 1) over all their blocks, in channels. */
  readonly slope: number;
  /** Of a, 95 %, by the bootstrap of networks. */
  readonly interval: Interval;
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
  /** Null where they were drawn elsewhere. */
  readonly sampling: SamplingReport | null;
  /** Of the space; null where it is not known. */
  readonly degreesOfFreedom: number | null;
  /** Number of networks in the space, as text: `1.8e18`, `at most 3.0e8`; null where it is not known. */
  readonly size: string | null;
  readonly counts: ArmCounts;
  /** By which error networks are ranked and chosen: validation where every network with a result has one. */
  readonly chosenBy: 'test' | 'validation';
  /** The networks with a result, best first by the error that they are chosen by. */
  readonly networks: readonly NetworkResult[];
  readonly failures: readonly Failure[];
  /** Of `networks`; null where there is none. */
  readonly errors: Summary | null;
  readonly edf: readonly EdfStep[];
  /** Simultaneous 95 % band around the EDF (Learned-Miller and DeStefano); null where there is no result. */
  readonly band: EdfBand | null;
  /** The best of m random networks, m from 1 to their number. */
  readonly bestOf: readonly BestOf[];
  /** Null where no network was trained twice. */
  readonly repeatability: Repeatability | null;
  /** Epoch by epoch, the last left out; none where the networks' histories are not known or of different lengths. */
  readonly epochRankings: readonly EpochRanking[];
  /** The first epoch from which the rank correlation stays at least 0.9 with confidence; null where none does. */
  readonly rankingEpoch: number | null;
  /** Every parameter that varies; none where no network completed. */
  readonly parameters: readonly ParameterSeries[];
  /** Null where no network completed. */
  readonly trends: Trends | null;
  /** Of the best 20 networks that completed; null where there are fewer than three, or their widths are not known. */
  readonly widthTrend: WidthTrend | null;
  /** Spearman's correlation of e_fit and error among the networks that completed; null where one of them does not vary. */
  readonly fitErrorCorrelation: number | null;
  /** By engine and size of a pass, in the order in which they were measured; none where no time was measured. */
  readonly latencies: readonly ArmLatency[];
}

/** Pairs of networks of two arms, alike in all but what the arms differ in, or in cost. */
export interface MatchedComparison {
  /** What the networks of a pair share: see {@link ResultNetwork.pair}. */
  readonly alikeIn: 'pair' | 'flops';
  /** Number of pairs. */
  readonly pairs: number;
  /** Share of the pairs whose errors differ in which the other's is lower; null where none differs. 95 % interval. */
  readonly improved: { readonly share: number; readonly interval: Interval } | null;
  /** Mean of the pairs' differences first - other, percentage points. */
  readonly difference: Difference;
  /** Of the two-sided sign test; null where all differences are 0. */
  readonly signP: number | null;
  /** Adjusted for the number of matched comparisons (Holm). */
  readonly adjustedSignP: number | null;
  /**
   * Whether the two are equivalent: chance of such pairs, were the mean of the differences `margin` percentage points or
   * more to either side (two one-sided t-tests), and the same adjusted for the number of matched comparisons (Holm).
   */
  readonly equivalence: { readonly margin: number; readonly p: number; readonly adjustedP: number };
  /**
   * How many times as many unpaired networks the same interval would take: the variance of the difference of means without
   * pairs over that with them.
   */
  readonly efficiency: number | null;
}

/** Two arms weighted to the same distribution of a measure of complexity (Radosavovic et al., ICCV 2019, section 4.2). */
export interface WeightedComparison {
  readonly measure: keyof Complexity;
  readonly first: { readonly mean: number; readonly effectiveNetworks: number };
  readonly other: { readonly mean: number; readonly effectiveNetworks: number };
  /** Largest distance of the two weighted EDFs, in [0, 1]. */
  readonly distance: number;
}

/** Two arms beside each other. Differences are first - other, in percentage points: above 0 where the other is better. */
export interface ArmComparison {
  /** Names of the arms. */
  readonly first: string;
  readonly other: string;
  /** Number of networks with a result in each. */
  readonly networks: readonly [first: number, other: number];
  /** Hodges-Lehmann: the median of all differences of pairs. */
  readonly medianDifference: Difference;
  readonly interquartileMeanDifference: Difference;
  /** Chance that a network of the other arm has a lower error than one of the first. */
  readonly probabilityOfImprovement: { readonly value: number; readonly interval: Interval | null };
  readonly test: KolmogorovSmirnov;
  /** Of the Kolmogorov-Smirnov test: exact where it was computed, else asymptotic. */
  readonly p: number;
  /** Adjusted for the number of comparisons (Holm). */
  readonly adjustedP: number;
  readonly mannWhitneyP: number;
  /** Null where it is undefined. */
  readonly brunnerMunzelP: number | null;
  /** Whose curve lies nowhere below the other's: only then is an arm better at every error. */
  readonly dominates: 'first' | 'other' | 'both' | 'neither';
  /** Null where the study does not ask for it, or fewer than two pairs are alike. */
  readonly matched: MatchedComparison | null;
  /** By each measure in which the two populations overlap. */
  readonly weighted: readonly WeightedComparison[];
}

/** Which arms of a setting are compared: each with the one before it, each with the first, or all pairs. */
export type ComparedArms = 'predecessor' | 'first' | 'all';

/** All that is computed from a study's results. */
export interface StudyAnalysis {
  readonly arms: readonly ArmAnalysis[];
  /** The arms with results of each setting as {@link ComparedArms} says; and each with the arm of its space in the first setting. */
  readonly comparisons: readonly ArmComparison[];
  readonly claims: readonly ClaimResult[];
}

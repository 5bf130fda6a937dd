// Error distributions
export { errorsOf, type ErrorRecord } from './errors-of.js';
export { edfAt, errorEdf } from './error-edf.js';
export { twoSampleKolmogorovSmirnov } from './two-sample-kolmogorov-smirnov.js';
export { holmAdjustment } from './holm-adjustment.js';
export { percentile } from './percentile.js';
export { summarise } from './summarise.js';
export { expectedBest, expectedBests } from './expected-best.js';

// Where a space's distribution lies
export { edfBand, type EdfBandOptions } from './edf-band.js';
export { medianBestOf } from './median-best-of.js';
export { dkwHalfWidth } from './dkw-half-width.js';
export { ksHalfWidth } from './ks-half-width.js';
export { learnedMillerBand, type LearnedMillerBand } from './learned-miller-band.js';

// How two spaces differ
export {
  bootstrapDifference,
  type BootstrapDifference,
  type BootstrapDifferenceRequest,
} from './bootstrap-difference.js';
export {
  type AnytimeOptions,
  anytimeMeanInterval,
  anytimeMultiple,
  type MeanEvidence,
} from './anytime-mean-interval.js';
export { brunnerMunzel, type BrunnerMunzel } from './brunner-munzel.js';
export { detectableDistance } from './detectable-distance.js';
export { expectedHalfWidths, type HalfWidths } from './expected-half-widths.js';
export { type ConfidenceSequenceOptions, MeanConfidenceSequence } from './mean-confidence-sequence.js';
export { hodgesLehmann, type HodgesLehmann } from './hodges-lehmann.js';
export { interquartileMean } from './interquartile-mean.js';
export { interquartileMeanDifferences, type SamplePair } from './interquartile-mean-differences.js';
export { mannWhitney, type MannWhitney } from './mann-whitney.js';
export { pairedDifferences, type PairedDifferences } from './paired-differences.js';
export { pairedEquivalence } from './paired-equivalence.js';
export { improvementInterval, probabilityOfImprovement } from './probability-of-improvement.js';

// Populations that are weighted or trained several times
export { largestEdfDistance, type EdfDistance } from './largest-edf-distance.js';
export { reliabilityInterval } from './reliability-interval.js';
export { varianceComponents, type VarianceComponents } from './variance-components.js';
export { shareInterval, shareTails } from './share-interval.js';
export { weightedEdf, type WeightedEdf, type WeightedErrors } from './weighted-edf.js';

// Chances
export { normalQuantile } from './normal-distribution.js';

// Parameters
export {
  bestOfResamples,
  bootstrapBest,
  type BootstrapRequest,
  rangeOfBest,
  type ResamplingRequest,
} from './bootstrap-best.js';
export { type Correlation, correlation, ranks, spearmanOfRanks } from './correlation.js';
export { kendallTauB } from './kendall-tau-b.js';
export { rankCorrelationInterval, rankCorrelationTails } from './rank-correlation-interval.js';
export { fitLine, fitSquareRoot } from './fit-line.js';
export { fitSlope, type SlopeFit } from './fit-slope.js';

// What they return, as everything that passes between packages, is declared in contracts
export type {
  BootstrapRange,
  EdfBand,
  EdfBandStep,
  EdfStep,
  Interval,
  KolmogorovSmirnov,
  LineFit,
  Summary,
} from '@netspace/contracts';

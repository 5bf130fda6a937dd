// Error distributions
export { errorsOf, type ErrorRecord } from './errors-of.js';
export { edfAt, errorEdf } from './error-edf.js';
export { twoSampleKolmogorovSmirnov } from './two-sample-kolmogorov-smirnov.js';
export { holmAdjustment } from './holm-adjustment.js';
export { percentile } from './percentile.js';
export { summarise } from './summarise.js';
export { expectedBest } from './expected-best.js';

// Parameters
export {
  bestOfResamples,
  bootstrapBest,
  type BootstrapRequest,
  rangeOfBest,
  type ResamplingRequest,
} from './bootstrap-best.js';
export { correlation, type Correlation } from './correlation.js';
export { fitLine, fitSquareRoot } from './fit-line.js';

// What they return, as everything that passes between packages, is declared in contracts
export type { BootstrapRange, EdfStep, KolmogorovSmirnov, LineFit, Summary } from '@netspace/contracts';

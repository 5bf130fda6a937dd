// Error distributions
export { errorsOf } from './errors-of.js';
export { edfAt, errorEdf, type EdfStep } from './error-edf.js';
export { exactLimit, type KolmogorovSmirnov, twoSampleKolmogorovSmirnov } from './two-sample-kolmogorov-smirnov.js';
export { holmAdjustment } from './holm-adjustment.js';
export { percentile } from './percentile.js';
export { summarise, type Summary } from './summarise.js';
export { expectedBest } from './expected-best.js';

// Parameters
export { bootstrapBest, type BootstrapRange, type BootstrapRequest } from './bootstrap-best.js';
export { correlation, type Correlation } from './correlation.js';
export { fitLine, fitSquareRoot, type LineFit } from './fit-line.js';

import { anynetComplexity } from './anynet-complexity.js';
import { batchNorm } from './batch-norm.js';
import { blockCompatibility } from './block-compatibility.js';
import type { Check } from './check.js';
import { complexityFits } from './complexity-fits.js';
import { conv2d } from './conv2d.js';
import { modelZoo } from './model-zoo.js';
import { networks } from './networks.js';
import { populationStatistics } from './population-statistics.js';
import { quantizedLinearFits } from './quantized-linear-fits.js';
import { regnetWidths } from './regnet-widths.js';
import { samplers } from './samplers.js';
import { statistics } from './statistics.js';

/** Every kind of reference file there is a check for. A new kind: one file and one line here. */
export const checks: readonly Check[] = [
  anynetComplexity,
  batchNorm,
  blockCompatibility,
  complexityFits,
  conv2d,
  modelZoo,
  networks,
  populationStatistics,
  quantizedLinearFits,
  regnetWidths,
  samplers,
  statistics,
];

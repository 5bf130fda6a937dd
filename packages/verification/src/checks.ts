import type { Check } from './check.js';
import { quantizedLinearFits } from './quantized-linear-fits.js';
import { regnetWidths } from './regnet-widths.js';
import { samplers } from './samplers.js';

/** Every kind of reference file there is a check for. A new kind: one file and one line here. */
export const checks: readonly Check[] = [quantizedLinearFits, regnetWidths, samplers];

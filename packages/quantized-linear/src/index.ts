export { blockWidths, expand, type Expansion } from './expand.js';
export { fit } from './fit.js';
export { fitDomain, type RuleDomain } from './fit-domain.js';
export { fitError } from './fit-error.js';
export { roundHalfEven } from './round-half-even.js';
export type { StageWidths } from './stage-widths.js';

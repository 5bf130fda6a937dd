export { claimKinds } from './claims/claim-kinds.js';
export { decideClaims } from './claims/decide-claims.js';
export { analyseStudy } from './analyse-study.js';
export { armLatency } from './arm-latency.js';
export type { ArmResults, StudyResults } from './study-results.js';
export { type FitControl, fitNetwork, fitPopulation } from './fit-population.js';

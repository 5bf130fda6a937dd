// Refining
export { refine, type Refined } from './refine.js';
export type { RefineOptions } from './options.js';
export type { RefineEvent } from './refine-event.js';
export type { Ground, ProposedSpace, Trained, TrainingOutcome } from './ground.js';

// Design spaces
export { designSpaceGround, type DesignSpaceGroundOptions } from './design-space-ground.js';
export { shippedRefinements } from './kinds/index.js';

// Tables of networks that were trained elsewhere
export { tableGround, type TableNetwork, type TableSpace } from './table-ground.js';

// What it is made of
export { compareSamples, type Sample, type SampleComparison } from './compare-samples.js';
export { pairsFor, type Power } from './decide.js';
export { levelAfter } from './error-budget.js';
export { importancesOf, type ParameterisedNetwork } from './importances.js';
export { firstLook, looksUpTo } from './looks.js';
export { type ErrorPrediction, predictErrors } from './predict-errors.js';

export { claimKinds } from './claims/claim-kinds.js';
export { decideClaims } from './claims/decide-claims.js';
export { analyseStudy } from './analyse-study.js';
export { bestRecipe, type NetworkSizes, type RecipeOutcome, recipeOutcomes } from './recipe-check.js';
export { type FollowedArm, SequentialComparisons } from './sequential-comparisons.js';
export { type ErrorSpread, errorSpread } from './error-spread.js';
export { armLatencies } from './arm-latencies.js';
export type { ArmResults, ResultPopulation, StudyResults } from './study-results.js';
export { type FitControl, fitNetwork, fitPopulation } from './fit-population.js';

export { recipeSchema } from './recipe-schema.js';
export { learningRateAt } from './learning-rate.js';
export { trainNetwork } from './train-network.js';
export type { Training, TrainingProgress } from './training.js';

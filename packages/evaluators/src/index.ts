// Training on an engine
export { trainingEvaluator } from './training-evaluator.js';
export { seedOf } from './seed-of.js';
export { type TrainedNetwork, trainNetworkOf, type TrainingRoom } from './train-network-of.js';

// Programs of users
export { type CommandContent, commandContent } from './command-content.js';
export { commandEvaluator, type CommandEvaluatorOptions } from './command-evaluator.js';

// What they answer
export { checkOutcome } from './check-outcome.js';

export { KeptWorkers } from './kept-workers.js';
export { type Patience, WatchedRunner } from './watched-runner.js';
// Training
export { type PopulationRun, type TrainingCounts, trainPopulation } from './train-population.js';
export type { PopulationEvent, PopulationState } from './population-event.js';

// What is left to train
export { missingTasks } from './missing-tasks.js';
export { type Shard, shardOf } from './shard.js';

// Running
export {
  missingTasks,
  type PopulationEvent,
  type PopulationRun,
  type PopulationState,
  trainPopulation,
} from './train-population.js';
export type { CreateTrainer, ReportProgress, TrainingTask, TrainNetwork } from './training-task.js';

// Results
export { openRecordStore, readRecords, type RecordKey, type RecordStore } from './record-store.js';

// The folder
export { RunFolder } from './run-folder.js';
export { RunInUse } from './lock.js';
export { isFresh, lockRunFolder, openRunFolder } from './open-run-folder.js';

// Artefacts
export { type Artefact, type ArtefactKind, type MadeFrom, writeArtefact } from './artefact.js';
export { readArtefact, readMadeFrom, readTextMadeFrom } from './read-artefact.js';
export {
  analysisKind,
  conditionsKind,
  fitsKind,
  importKind,
  latenciesKind,
  populationKind,
  refinementKind,
} from './artefact-kinds.js';
export { conditionsSchema, datasetDescriptionSchema } from './schemas/conditions.js';

// Records
export { type FileRecordStore, openRecords } from './open-records.js';
export { readRecords, type RunRecords } from './read-records.js';
export { type CheckedFile, checkRecords, type RecordsCheck, type RepeatedTraining } from './check-records.js';
export { mergeRecords } from './merge-records.js';
export { salvageRecords } from './salvage-records.js';
export {
  epochRecordSchema,
  trainingOutcomeSchema,
  trainingTaskSchema,
  workerDescriptionSchema,
} from './schemas/record.js';

// Trainings under way
export type { CheckpointOrigin } from './checkpoint-format.js';
export type { CheckpointPlace } from './checkpoint-place.js';
export { checkpointFile } from './checkpoints-of-run.js';
export { type CheckpointOptions, openCheckpoints } from './checkpoints.js';

// Several processes that train one run
export { type Claims, openClaims } from './claims.js';
export { type LifeSign, readLifeSigns } from './life-sign.js';
export { addSubmittedJob, submittedJobs } from './submitted-jobs.js';

// A queue that trains the run
export { queueId } from './queue-id.js';

// Plain files
export { keepOnly } from './keep-only.js';
export { writeFileWhole } from './write-file-whole.js';

// What is needed of the study of a run, without its file: it is loaded in a fraction of the time
export { armsOf } from './arms-of.js';
export { type PopulationInputs, populationInputs } from './population-inputs.js';
export { replicatesOf } from './replicates-of.js';
export { studyChanges, type StudyChanges } from './study-changes.js';
export { studyRecord } from './study-record.js';
export { studyRecordSchema } from './study-record-schema.js';
export type { Arm, Setting, Study, StudyRecord } from './study.js';

export type { Arm, DatasetSection, EvaluatorSection, PluginRecord, Setting, Study, StudyRecord } from './study.js';
export { armsOf } from './arms-of.js';
export { readStudy, type StudyOverrides } from './read-study.js';
export {
  type Change,
  conditionChanges,
  conditionsHash,
  conditionsOf,
  newStudyText,
  type ConditionsOptions,
  type PopulationInputs,
  populationInputs,
  type StudyChanges,
  studyChanges,
  studyOfRecord,
  studyRecord,
} from './conditions.js';

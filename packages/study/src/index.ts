// The study file
export type {
  Arm,
  DatasetSection,
  EvaluatorSection,
  LatencySection,
  PluginRecord,
  Setting,
  Study,
  StudyRecord,
} from './study.js';
export { readStudy, type StudyOverrides } from './read-study.js';
export { replicatesOf } from './replicates-of.js';
export { armsOf } from './arms-of.js';
export { ownRecipe, recipeVariants } from './recipe-variants.js';
export { newStudyText } from './new-study-text.js';
export { shippedStudies } from './shipped-studies.js';
export { studyFileDocument } from './study-file-document.js';

// What it may name
export { automaticEngine, shippedEngines } from './vocabulary.js';
export { type RefineSection, refineSchema } from './refine-schema.js';
export { shippedClaims } from './shipped-claims.js';
export { shippedRefinementKinds } from './shipped-refinements.js';
export { shippedFigures } from './shipped-figures.js';
export { openPlugins } from './read-study-plugins.js';
export { externalImages } from './dataset-section.js';
export { architectureOf, distributionsOf } from './extended.js';

// Its plain form
export { studyRecord } from './study-record.js';
export { studyRecordSchema } from './study-record-schema.js';
export { type StudyChanges, studyChanges } from './study-changes.js';

// Identity
export { conditionChanges, conditionsHash, conditionsOf, type ConditionsSource } from './conditions.js';
export { type PopulationInputs, populationInputs } from './population-inputs.js';

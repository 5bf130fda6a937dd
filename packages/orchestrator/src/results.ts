// What is done with the results of a run, without what trains: it is loaded in a fraction of the time
export { defaultDirectory } from './default-directory.js';
export { openRun, openRunOf, type Run } from './run.js';
export { type ArmStatus, type EvaluatorStatus, type RunStatus, runStatus, type WriterStatus } from './run-status.js';
export { analyseRun, readAnalysis } from './steps/analyse-run.js';
export type { PipelineEvent, StepControl } from './pipeline-event.js';

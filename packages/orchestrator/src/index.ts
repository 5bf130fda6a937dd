// A study from its file to its report
export { type RunOptions, type RunResult, runStudy } from './run-study.js';
export { defaultDirectory } from './default-directory.js';
export { type ArmEstimate, estimateStudy } from './estimate-study.js';
export { planStudy, type PlanOptions } from './plan-study.js';
export { spreadOfRun } from './spread-of-run.js';
export type { PipelineEvent, StepControl } from './pipeline-event.js';

// A space refined
export {
  readRefinement,
  refinedDirectory,
  type RefinedStudy,
  refineStudy,
  type RefineStudyOptions,
} from './refine-study.js';

// Its folder
export { openRun, openRunOf, type Run } from './run.js';
export { beginRun, type OpenRun } from './begin-run.js';
export { recordsByArm } from './records-by-arm.js';
export { type ArmStatus, type EvaluatorStatus, type RunStatus, runStatus, type WriterStatus } from './run-status.js';
export type { RunContent, SpaceContent, TrainingContent } from './run-content.js';

// Its steps
export { samplePopulations } from './steps/sample-populations.js';
export { type Populations, readPopulations, type ReadPopulations } from './steps/read-populations.js';
export type { TrainingQueue, TrainOptions } from './steps/prepare-training.js';
export { trainPopulations } from './steps/train-populations.js';
export { mergeRuns } from './steps/merge-runs.js';
export { drawRun } from './steps/draw-run.js';
export { serveStudy, type ServeStudyOptions } from './steps/serve-study.js';
export { type ShardOptions, type ShardResult, trainShard } from './steps/train-shard.js';
export { type Fits, fitNetworks, type KnownFits } from './steps/fit-networks.js';
export { analyseRun, readAnalysis } from './steps/analyse-run.js';
export { type LatencyOptions, measureLatencies } from './steps/measure-latencies.js';
export { type Imported, type ImportOptions, importStudy } from './steps/import-study.js';
export { drawReport, type ReportOptions } from './steps/draw-report.js';
export { type FigureFormat, figureFormats } from './figure-formats.js';
export {
  type ExportedNetwork,
  exportNetwork,
  type ExportOptions,
  type ModelDescription,
} from './steps/export-network.js';

// Engines and memory
export { chooseEngine, type EngineChoice, type EngineKinds, loadEngines } from './engines.js';
export { type KernelRoom, kernelsOf } from './kernels-of.js';
export { type LatencyRoom, measureLatency } from './measure-latency.js';
export { type MemoryPlan, mostMemory, type NetworkMemory } from './memory-plan.js';
export { version } from './version.js';

// Networks
export type { NetworkConfig, StageConfig } from './network-config.js';
export type { Complexity, Range, Regime } from './complexity.js';
export type { Latencies, Latency, LatencySeries } from './latency.js';
export type {
  ActivationShape,
  AddNode,
  BatchNormNode,
  BufferSpec,
  ConvNode,
  GlobalAveragePoolNode,
  GraphNode,
  InputNode,
  LinearNode,
  MaxPoolNode,
  NetworkGraph,
  ParameterRole,
  ParameterSpec,
  ReluNode,
  ScaleNode,
  SigmoidNode,
} from './network-graph.js';
export type { Activation, Convolution, LayerBuilder, Pooling } from './layer-builder.js';
export type { BlockOptions, BlockType } from './block-type.js';
export type { StemType } from './stem-type.js';
export type { Architecture } from './architecture.js';

// Populations
export type { Random } from './random.js';
export type { BoundsProblem, DistributionBounds, DistributionKind } from './distribution-kind.js';
export type { DesignSpace, Distribution, Parameter, SpaceKind, Stride } from './design-space.js';
export type { Population, SampledNetwork, SamplingReport } from './population.js';
export type { QuantizedLinear, QuantizedLinearFit } from './quantized-linear.js';

// Training
export type {
  Batch,
  Batches,
  BatchSource,
  Dataset,
  DatasetDescription,
  DatasetPart,
  ImageSet,
  ImageShape,
  ReadImages,
} from './dataset.js';
export type {
  CompiledNetwork,
  CompileOptions,
  Engine,
  EngineAvailability,
  Gradients,
  LayerKernels,
  Metrics,
  NetworkState,
  OptimizerConfig,
  PassKernel,
  Precision,
  TrainingState,
} from './engine.js';
export type { Checkpoint, Checkpoints } from './checkpoint.js';
export type { EpochRecord, LearningRateSchedule, Recipe, TrainingOutcome } from './training.js';
export type { EvaluationControl, EvaluationJob, Evaluator } from './evaluator.js';

// Runs
export type { Conditions } from './conditions.js';
export type {
  CompletedRecord,
  DivergedRecord,
  EpochResult,
  FailedRecord,
  Provenance,
  TrainingRecord,
  TrainingResult,
  TrainingStatus,
  TrainingTask,
} from './training-record.js';
export type { ImportedArm, ImportedStudy } from './imported-study.js';
export type { RecordStore } from './record-store.js';
export {
  type CreateTaskTrainer,
  type Runner,
  type RunnerWorker,
  type TaskTrainer,
  type TrainingWatch,
  type WorkerDescription,
  WorkerLost,
  type WorkerResult,
} from './runner.js';

// Results
export type {
  BootstrapRange,
  Difference,
  EdfBand,
  EdfBandStep,
  EdfStep,
  Interval,
  KolmogorovSmirnov,
  LineFit,
  Summary,
} from './sample-statistics.js';
export type { SequentialComparison, StopRule } from './sequential-comparison.js';
export type { ClaimEvidence, ClaimKind, ClaimResult } from './claim.js';
export type {
  ArmAnalysis,
  ArmComparison,
  ArmCounts,
  ArmLatency,
  BestOf,
  ComparedArms,
  EpochRanking,
  Failure,
  LatencyCorrelation,
  MatchedComparison,
  MeasuredNetwork,
  NetworkResult,
  ParameterSeries,
  Repeatability,
  ResultNetwork,
  StudyAnalysis,
  Trends,
  WeightedComparison,
  WidthTrend,
} from './study-analysis.js';
export type { ArmFindings, BestOfCurve, EdfBandBounds, StudyFindings } from './study-findings.js';
export type {
  FinalSample,
  ParameterImportance,
  Proposal,
  ProposalResult,
  RefinedSpace,
  Refinement,
  RefinementGround,
  RefinementKind,
  RefinementStep,
  SpaceChange,
  TrainedNetwork,
} from './refinement.js';
export type { ArmStyle, FigureKind, FigureSpec, FigureStyle } from './figure.js';

// Plugins
export type {
  DatasetKind,
  EngineKind,
  EvaluatorKind,
  Extensions,
  LoadedDataset,
  Plugin,
  PluginKind,
  PluginOptions,
  PluginPlace,
} from './plugin.js';

// Trainings
export { trainingIdentity, type TrainingIdentity } from './training-identity.js';

// Errors
export { InvalidInputError, type InvalidInput } from './invalid-input-error.js';
export { requireFloat32 } from './require-float32.js';

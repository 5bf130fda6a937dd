// Networks
export type { NetworkConfig, StageConfig } from './network-config.js';
export type { Complexity, Range, Regime } from './complexity.js';
export type { Latencies, Latency } from './latency.js';
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

// Populations
export type { Population, SamplingReport } from './population.js';
export type { QuantizedLinear, QuantizedLinearFit } from './quantized-linear.js';

// Training
export type { Batch, BatchSource, Dataset, ImageSet } from './dataset.js';
export type {
  CompiledNetwork,
  CompileOptions,
  Engine,
  EngineAvailability,
  Gradients,
  Metrics,
  NetworkState,
  OptimizerConfig,
  Precision,
} from './engine.js';
export type {
  EpochRecord,
  LearningRateSchedule,
  Recipe,
  SampledNetwork,
  TrainingOutcome,
  TrainingRecord,
  TrainingStatus,
} from './training.js';

// Errors
export { InvalidInputError, type InvalidInput } from './invalid-input-error.js';

import type { Batch } from './dataset.js';
import type { NetworkGraph } from './network-graph.js';

/** Every parameter and buffer of a network by name, in the layout of its spec (row-major float32). */
export type NetworkState = ReadonlyMap<string, Float32Array>;

/**
 * All that the steps of a training to come depend on: parameters, buffers, momentum, and the metrics so far. Names, layout
 * and precision are the engine's own.
 */
export type TrainingState = ReadonlyMap<string, Float32Array | Float64Array>;

/** SGD as in PyTorch: v = momentum v + (g + decay p); p -= rate (g + decay p + momentum v) if nesterov, else rate v. */
export interface OptimizerConfig {
  /** In [0, 1). */
  readonly momentum: number;
  readonly nesterov: boolean;
  /** L2 weight decay of convolution and linear weights, >= 0. */
  readonly weightDecay: number;
  /** Weight decay of batch normalisation's gamma and beta, >= 0. */
  readonly batchNormWeightDecay: number;
  /** Weight decay of biases, >= 0. */
  readonly biasWeightDecay: number;
}

/**
 * What training multiplies in: float32; or bfloat16, where the operands of convolutions and linear layers are rounded to
 * eight significant bits first, in the layers that the engine has such kernels for. Sums, parameters, all else and
 * evaluation are in float32 either way.
 */
export type Precision = 'float32' | 'bfloat16';

/** What a network is compiled for. */
export interface CompileOptions {
  /** Images in a full batch, >= 1. Evaluation batches may hold fewer, training batches not. */
  readonly batchSize: number;
  readonly optimizer: OptimizerConfig;
  /** float32 where there is none. */
  readonly precision?: Precision;
  /**
   * What training keeps maps of more than one pixel in while it works on others; float32 where there is none. In bfloat16
   * they are rounded to eight significant bits: outputs of convolutions that batch normalisation alone reads, sums of
   * residual blocks, and gradients that wait for those of batch normalisation.
   */
  readonly storage?: Precision;
}

/** Sums over the images seen since the last call of `takeMetrics`. */
export interface Metrics {
  /** Images counted. */
  readonly images: number;
  /** Sum of the cross-entropy losses, natural logarithm, in nats. NaN or infinite where training diverged. */
  readonly lossSum: number;
  /** Images whose label was not the largest logit. A logit that is not a number counts as an error. */
  readonly top1Errors: number;
  /** Images whose label was not among the five largest logits; 0 where there are five classes or fewer. */
  readonly top5Errors: number;
}

/** The gradients of one pass, for checking engines. */
export interface Gradients {
  /** The graph's output in training mode, [batch, ...output shape]. */
  readonly output: Float32Array;
  /** Gradient of the images, [batch, channels, height, width]. */
  readonly input: Float32Array;
  /** Gradients of the parameters by name. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
}

/** What computes one pass of a layer. */
export interface PassKernel {
  /** The engine's own name of it. */
  readonly kernel: string;
  /** Blocks of output channels that it computes at once, for each tile; none where it takes block by block. */
  readonly tiles: readonly number[];
}

/** What computes a convolution or linear layer and its gradients in training. */
export interface LayerKernels {
  /** As {@link NetworkGraph} names it: `s1.b1.f.a`. */
  readonly layer: string;
  /** The engine's own name of the algorithm. */
  readonly algorithm: string;
  readonly forward: PassKernel;
  readonly inputGradient: PassKernel;
  readonly weightGradient: PassKernel;
}

/**
 * A network compiled for one batch size on one engine.
 *
 * Methods that return nothing may run behind, and copy what they need of a batch before they return: its arrays are
 * reused. Methods that return a promise settle after all that was called before. Calls are never made concurrently. After
 * `dispose` no method may be called.
 */
export interface CompiledNetwork {
  readonly batchSize: number;
  /** Bytes planned for parameters, activations and scratch. */
  readonly memoryBytes: number;
  /** Each convolution and linear layer in the graph's order; none where the engine does not choose among kernels. */
  readonly kernels?: readonly LayerKernels[];

  /** A copy of every parameter and buffer. */
  getState(): Promise<NetworkState>;
  /** Sets the parameters and buffers named in `state`; momentum is kept. */
  setState(state: NetworkState): void;

  /** A copy of what a training goes on from; left out where the engine cannot do so to the same bits. */
  getTrainingState?(): Promise<TrainingState>;
  /**
   * Goes on where another network of the same graph was, compiled with the same options by an engine of the same numerics and
   * instruction set: from here both give the same bits.
   */
  setTrainingState?(state: TrainingState): void;

  /**
   * One optimiser step on a full batch: forward, loss, backward, update, running statistics. Counted in the metrics.
   *
   * @param learningRate - At least 0.
   * @param labelSmoothing - s in [0, 1): the target is 1 - s on the label plus s / classes on every class.
   */
  trainStep(batch: Batch, learningRate: number, labelSmoothing: number): void;
  /** One forward pass with the running statistics. Counted in the metrics, the loss without smoothing. */
  evaluate(batch: Batch): void;
  /**
   * One forward pass in training mode that only moves the running statistics, by `momentum` in (0, 1]. The batch need not
   * be full.
   */
  updateStatistics(batch: Batch, momentum: number): void;
  /** Returns the metrics so far and starts them anew. */
  takeMetrics(): Promise<Metrics>;

  /** The output with the running statistics, [batch.count, ...output shape]. */
  infer(batch: Batch): Promise<Float32Array>;
  /** Forward in training mode and backward from `outputGradient` ([batch, ...output shape]) on a full batch; moves the running statistics, updates no parameter. */
  differentiate(batch: Batch, outputGradient: Float32Array): Promise<Gradients>;

  /** Frees the memory. */
  dispose(): void;
}

/** Something that trains networks: one implementation per package `engine-*`. */
export interface Engine {
  /** `native`, `tfjs`, `reference`. */
  readonly name: string;
  /** Revision of what it computes: another one may give other results from the same conditions. */
  readonly numerics: string;
  /** What it computes with, which decides the last bits: `avx512_512`, `tensorflow`, `portable`. */
  readonly instructionSet: string;
  /** What runs, for people: version, instruction set, device. */
  readonly description: string;
  /**
   * Plans the memory for a graph; parameters start at zero until `setState`. The graph may be any composition of the
   * primitive operations; the loss needs an output of shape [classes, 1, 1].
   *
   * @throws InvalidInputError where the engine cannot run the graph, or not in the precision.
   */
  compile(graph: NetworkGraph, options: CompileOptions): Promise<CompiledNetwork>;
}

/** An engine, or why there is none and what would help. */
export type EngineAvailability =
  | { readonly available: true; readonly engine: Engine }
  | { readonly available: false; readonly name: string; readonly reason: string; readonly remedy: string };

import type {
  Batch,
  CompiledNetwork,
  CompileOptions,
  Gradients,
  LayerKernels,
  Metrics,
  NetworkGraph,
  NetworkState,
  TrainingState,
} from '@netspace/contracts';
import { InvalidInputError } from '@netspace/contracts';
import { type Addon, type AddonNetwork, withInvalidInput } from './addon.js';

/** What a network runs on. */
export interface NetworkSetting {
  /** The instruction set. */
  readonly isa: string;
  readonly threads: number;
}

const noMetrics: Metrics = { images: 0, lossSum: 0, top1Errors: 0, top5Errors: 0 };

/** Of the parts of a training state that are no tensors of the graph. */
const metricsName = 'metrics:';
const momentumOf = (parameter: string): string => `momentum:${parameter}`;

/** A network that the addon has compiled. Every call runs to its end before it returns. */
export class NativeNetwork implements CompiledNetwork {
  readonly batchSize: number;
  readonly kernels: readonly LayerKernels[];
  private readonly network: AddonNetwork;
  private readonly parameterNames: readonly string[];
  private readonly tensorNames: readonly string[];
  private readonly tensorIndices: ReadonlyMap<string, number>;

  constructor(addon: Addon, graph: NetworkGraph, options: CompileOptions, { isa, threads }: NetworkSetting) {
    this.batchSize = options.batchSize;
    this.network = withInvalidInput(() => new addon.Network(graph, options, isa, threads));
    this.kernels = this.network
      .kernels()
      .map(({ node, ...kernels }) => ({ layer: graph.nodes[node]!.layer, ...kernels }));
    this.parameterNames = graph.parameters.map(({ name }) => name);
    this.tensorNames = [...this.parameterNames, ...graph.buffers.map(({ name }) => name)];
    this.tensorIndices = new Map(this.tensorNames.map((name, index) => [name, index]));
  }

  get memoryBytes(): number {
    return this.network.memoryBytes;
  }

  getState(): Promise<NetworkState> {
    return promiseOf(() => new Map(this.tensorNames.map((name, index) => [name, this.network.tensor(index)])));
  }

  setState(state: NetworkState): void {
    withInvalidInput(() => {
      for (const [name, values] of state) this.network.setTensor(this.indexOf(name), values);
    });
  }

  getTrainingState(): Promise<TrainingState> {
    return promiseOf(() => {
      const { images, lossSum, top1Errors, top5Errors } = this.network.metrics();
      const tensors = this.tensorNames.map((name, index) => [name, this.network.tensor(index)] as const);
      const momenta = this.parameterNames.map(
        (name, index) => [momentumOf(name), this.network.momentum(index)] as const,
      );
      return new Map<string, Float32Array | Float64Array>([
        ...tensors,
        ...momenta,
        [metricsName, Float64Array.of(images, lossSum, top1Errors, top5Errors)],
      ]);
    });
  }

  setTrainingState(state: TrainingState): void {
    withInvalidInput(() => {
      for (const [index, name] of this.tensorNames.entries()) this.network.setTensor(index, floatsOf(state, name));
      for (const [index, name] of this.parameterNames.entries())
        this.network.setMomentum(index, floatsOf(state, momentumOf(name)));
      const [images, lossSum, top1Errors, top5Errors] = state.get(metricsName) as Float64Array;
      this.network.setMetrics({ images: images!, lossSum: lossSum!, top1Errors: top1Errors!, top5Errors: top5Errors! });
    });
  }

  trainStep({ count, images, labels }: Batch, learningRate: number, labelSmoothing: number): void {
    withInvalidInput(() => this.network.trainStep(count, images, labels, learningRate, labelSmoothing));
  }

  evaluate({ count, images, labels }: Batch): void {
    withInvalidInput(() => this.network.evaluate(count, images, labels));
  }

  updateStatistics({ count, images, labels }: Batch, momentum: number): void {
    withInvalidInput(() => this.network.updateStatistics(count, images, labels, momentum));
  }

  takeMetrics(): Promise<Metrics> {
    return promiseOf(() => {
      const metrics = this.network.metrics();
      this.network.setMetrics(noMetrics);
      return metrics;
    });
  }

  infer({ count, images }: Batch): Promise<Float32Array> {
    return promiseOf(() => this.network.infer(count, images));
  }

  differentiate({ count, images, labels }: Batch, outputGradient: Float32Array): Promise<Gradients> {
    return promiseOf(() => ({
      ...this.network.differentiate(count, images, labels, outputGradient),
      parameters: new Map(this.parameterNames.map((name, index) => [name, this.network.gradient(index)])),
    }));
  }

  dispose(): void {
    this.network.dispose();
  }

  private indexOf(name: string): number {
    const index = this.tensorIndices.get(name);
    if (index === undefined) {
      throw new InvalidInputError({
        problem: 'the network has no parameter or buffer of this name',
        key: `state.${name}`,
      });
    }
    return index;
  }
}

/** The addon refuses what is not there. */
const floatsOf = (state: TrainingState, name: string): Float32Array => state.get(name) as Float32Array;

function promiseOf<T>(call: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(withInvalidInput(call));
  });
}

import type {
  Batch,
  CompiledNetwork,
  CompileOptions,
  Gradients,
  LayerKernels,
  Metrics,
  NetworkGraph,
  NetworkState,
} from '@netspace/contracts';
import { InvalidInputError } from '@netspace/contracts';
import { type Addon, type AddonNetwork, withInvalidInput } from './addon.js';

/** What a network runs on. */
export interface NetworkSetting {
  /** The instruction set. */
  readonly isa: string;
  readonly threads: number;
}

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
    return promiseOf(() => this.network.takeMetrics());
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

function promiseOf<T>(call: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(withInvalidInput(call));
  });
}

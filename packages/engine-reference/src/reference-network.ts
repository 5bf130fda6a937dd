import {
  type Batch,
  type CompiledNetwork,
  type CompileOptions,
  type Gradients,
  InvalidInputError,
  type Metrics,
  type NetworkGraph,
  type NetworkState,
} from '@netspace/contracts';
import { checkGraph } from './check-graph.js';
import { createOperation } from './create-operation.js';
import { softmaxCrossEntropy } from './loss.js';
import type { Operation, Pass } from './operation.js';
import { sgdStep } from './sgd.js';
import { type Activation, createActivation, type Parameter } from './tensors.js';

const noMetrics: Metrics = { images: 0, lossSum: 0, top1Errors: 0, top5Errors: 0 };
const running: Pass['statistics'] = { kind: 'running' };

/** A graph with all its arrays; every method runs to its end before it returns. */
export class ReferenceNetwork implements CompiledNetwork {
  readonly batchSize: number;
  private readonly parameters = new Map<string, Parameter>();
  private readonly buffers = new Map<string, Float64Array>();
  private readonly activations: readonly Activation[];
  private readonly operations: readonly Operation[];
  private metrics = noMetrics;

  constructor(
    private readonly graph: NetworkGraph,
    private readonly options: CompileOptions,
  ) {
    checkGraph(graph);
    this.batchSize = options.batchSize;
    for (const { name, role, shape } of graph.parameters) {
      const [values, gradient, momentum] = [0, 0, 0].map(() => new Float64Array(elementsOf(shape)));
      this.parameters.set(name, { role, values: values!, gradient: gradient!, momentum: momentum! });
    }
    for (const { name, shape } of graph.buffers) this.buffers.set(name, new Float64Array(elementsOf(shape)));
    this.activations = graph.nodes.map(({ shape }) => createActivation(shape, this.batchSize));
    this.operations = graph.nodes.flatMap((node) => {
      const operands = {
        inputs: node.inputs.map((id) => this.activations[id]!),
        output: this.activations[node.id]!,
        parameter: (name: string) => found(this.parameters, name, 'parameter'),
        buffer: (name: string) => found(this.buffers, name, 'buffer'),
      };
      return createOperation(node, operands) ?? [];
    });
  }

  get memoryBytes(): number {
    const activations = this.activations.reduce((sum, { values }) => sum + 2 * values.byteLength, 0);
    const parameters = [...this.parameters.values()].reduce((sum, { values }) => sum + 3 * values.byteLength, 0);
    return activations + parameters;
  }

  async getState(): Promise<NetworkState> {
    const parameters = [...this.parameters].map(([name, { values }]) => [name, Float32Array.from(values)] as const);
    const buffers = [...this.buffers].map(([name, values]) => [name, Float32Array.from(values)] as const);
    return Promise.resolve(new Map([...parameters, ...buffers]));
  }

  setState(state: NetworkState): void {
    for (const [name, values] of state) {
      const target = this.parameters.get(name)?.values ?? found(this.buffers, name, 'parameter or buffer');
      if (values.length !== target.length) {
        const expected = `${target.length} values`;
        throw new InvalidInputError({ key: `state.${name}`, problem: `got ${values.length} values`, expected });
      }
      target.set(values);
    }
  }

  trainStep(batch: Batch, learningRate: number, labelSmoothing: number): void {
    this.requireFull(batch);
    this.forward(batch, { kind: 'batch' });
    this.clearGradients();
    this.score(batch, labelSmoothing);
    this.backward();
    for (const parameter of this.parameters.values()) sgdStep(parameter, learningRate, this.options.optimizer);
  }

  evaluate(batch: Batch): void {
    this.forward(batch, running);
    this.score(batch, 0);
  }

  updateStatistics(batch: Batch, momentum: number): void {
    this.forward(batch, { kind: 'batch', momentum });
  }

  takeMetrics(): Promise<Metrics> {
    const { metrics } = this;
    this.metrics = noMetrics;
    return Promise.resolve(metrics);
  }

  infer(batch: Batch): Promise<Float32Array> {
    this.forward(batch, running);
    return Promise.resolve(Float32Array.from(this.output.values.subarray(0, batch.count * this.output.size)));
  }

  differentiate(batch: Batch, outputGradient: Float32Array): Promise<Gradients> {
    this.requireFull(batch);
    this.forward(batch, { kind: 'batch' });
    this.clearGradients();
    this.output.gradient.set(outputGradient);
    this.backward();
    return Promise.resolve({
      output: Float32Array.from(this.output.values),
      input: Float32Array.from(this.activations[0]!.gradient),
      parameters: new Map([...this.parameters].map(([name, { gradient }]) => [name, Float32Array.from(gradient)])),
    });
  }

  dispose(): void {
    // The arrays go with this object.
  }

  private get output(): Activation {
    return this.activations[this.graph.output]!;
  }

  private forward({ count, images }: Batch, statistics: Pass['statistics']): void {
    const input = this.activations[0]!;
    input.values.set(images.subarray(0, count * input.size));
    for (const operation of this.operations) operation.forward({ count, statistics });
  }

  private backward(): void {
    const pass: Pass = { count: this.batchSize, statistics: { kind: 'batch' } };
    for (let i = this.operations.length - 1; i >= 0; i--) this.operations[i]!.backward(pass);
  }

  private score({ count, labels }: Batch, smoothing: number): void {
    const { lossSum, top1Errors, top5Errors } = softmaxCrossEntropy(this.output, labels, count, smoothing);
    this.metrics = {
      images: this.metrics.images + count,
      lossSum: this.metrics.lossSum + lossSum,
      top1Errors: this.metrics.top1Errors + top1Errors,
      top5Errors: this.metrics.top5Errors + top5Errors,
    };
  }

  private clearGradients(): void {
    for (const { gradient } of this.activations) gradient.fill(0);
    for (const { gradient } of this.parameters.values()) gradient.fill(0);
  }

  private requireFull({ count }: Batch): void {
    if (count === this.batchSize) return;
    const expected = `${this.batchSize}, the batch size`;
    throw new InvalidInputError({ key: 'batch.count', problem: `got ${count}`, expected });
  }
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function found<T>(tensors: ReadonlyMap<string, T>, name: string, kind: string): T {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new InvalidInputError({ problem: `the network has no ${kind} ${name}` });
  return tensor;
}

import {
  type Batch,
  type CompiledNetwork,
  type CompileOptions,
  type Gradients,
  InvalidInputError,
  type Metrics,
  type NetworkGraph,
  type NetworkState,
  type TrainingState,
} from '@netspace/contracts';
import { checkImages, checkLabels, requireLength } from './check-batch.js';
import { checkGraph } from './check-graph.js';
import { createOperation } from './create-operation.js';
import { scoreLogits, type Scores } from './loss.js';
import { Memory } from './memory.js';
import type { Operation, Pass } from './operation.js';
import { sgdStep } from './sgd.js';
import { type Activation, createActivation, createParameter, elementsOf, type Parameter } from './tensors.js';

const noScores: Metrics = { images: 0, lossSum: 0, top1Errors: 0, top5Errors: 0 };

/** Of the part of a training state that is no array of the graph. */
const metricsName = 'metrics:';

/** A graph with all its arrays; every method runs to its end before it returns. */
export class ReferenceNetwork implements CompiledNetwork {
  readonly batchSize: number;
  private readonly memory = new Memory();
  private readonly parameters: ReadonlyMap<string, Parameter>;
  private readonly buffers: ReadonlyMap<string, Float64Array>;
  private readonly activations: readonly Activation[];
  private readonly operations: readonly Operation[];
  private scores: Scores = { ...noScores };

  constructor(
    private readonly graph: NetworkGraph,
    private readonly options: CompileOptions,
  ) {
    checkGraph(graph);
    const { memory } = this;
    this.batchSize = options.batchSize;
    this.parameters = new Map(graph.parameters.map((spec) => [spec.name, createParameter(spec, memory)]));
    this.buffers = new Map(graph.buffers.map(({ name, shape }) => [name, memory.doubles(elementsOf(shape))]));
    this.activations = graph.nodes.map(({ shape }) => createActivation(shape, this.batchSize, memory));
    this.operations = graph.nodes.flatMap((node) => {
      const operands = {
        inputs: node.inputs.map((id) => this.activations[id]!),
        output: this.activations[node.id]!,
        parameter: (name: string) => this.parameters.get(name)!,
        buffer: (name: string) => this.buffers.get(name)!,
        memory,
      };
      return createOperation(node, operands) ?? [];
    });
  }

  get memoryBytes(): number {
    return this.memory.bytes;
  }

  getState(): Promise<NetworkState> {
    const state = new Map<string, Float32Array>();
    for (const [name, { values }] of this.parameters) state.set(name, Float32Array.from(values));
    for (const [name, values] of this.buffers) state.set(name, Float32Array.from(values));
    return Promise.resolve(state);
  }

  setState(state: NetworkState): void {
    for (const [name, values] of state) {
      const target = this.parameters.get(name)?.values ?? this.buffers.get(name);
      if (target === undefined) {
        const expected = [...this.parameters.keys(), ...this.buffers.keys()].join(', ');
        throw new InvalidInputError({ key: `state.${name}`, problem: 'the network has no such tensor', expected });
      }
      if (values.length !== target.length) {
        const expected = `${target.length} values`;
        throw new InvalidInputError({ key: `state.${name}`, problem: `got ${values.length} values`, expected });
      }
      target.set(values);
    }
  }

  getTrainingState(): Promise<TrainingState> {
    const { images, lossSum, top1Errors, top5Errors } = this.scores;
    const state = new Map([[metricsName, Float64Array.of(images, lossSum, top1Errors, top5Errors)]]);
    for (const [name, values] of this.trainedArrays()) state.set(name, values.slice());
    return Promise.resolve(state);
  }

  setTrainingState(state: TrainingState): void {
    for (const [name, values] of this.trainedArrays()) values.set(state.get(name)!);
    const [images, lossSum, top1Errors, top5Errors] = state.get(metricsName)! as Float64Array;
    this.scores = { images: images!, lossSum: lossSum!, top1Errors: top1Errors!, top5Errors: top5Errors! };
  }

  trainStep(batch: Batch, learningRate: number, labelSmoothing: number): void {
    checkImages(batch, this.input, this.batchSize, this.batchSize);
    checkLabels(batch, this.output);
    this.forward(batch, { kind: 'batch' });
    this.clearGradients();
    scoreLogits(this.output, batch, labelSmoothing, this.scores);
    this.backward();
    for (const parameter of this.parameters.values()) sgdStep(parameter, learningRate, this.options.optimizer);
  }

  evaluate(batch: Batch): void {
    checkImages(batch, this.input, 1, this.batchSize);
    checkLabels(batch, this.output);
    this.forward(batch, { kind: 'running' });
    scoreLogits(this.output, batch, 0, this.scores);
  }

  updateStatistics(batch: Batch, momentum: number): void {
    checkImages(batch, this.input, 1, this.batchSize);
    this.forward(batch, { kind: 'batch', momentum });
  }

  takeMetrics(): Promise<Metrics> {
    const { scores } = this;
    this.scores = { ...noScores };
    return Promise.resolve(scores);
  }

  infer(batch: Batch): Promise<Float32Array> {
    checkImages(batch, this.input, 1, this.batchSize);
    this.forward(batch, { kind: 'running' });
    return Promise.resolve(Float32Array.from(this.output.values.subarray(0, batch.count * this.output.size)));
  }

  differentiate(batch: Batch, outputGradient: Float32Array): Promise<Gradients> {
    const { input, output } = this;
    checkImages(batch, input, this.batchSize, this.batchSize);
    requireLength('outputGradient', outputGradient, output.gradient.length);
    this.forward(batch, { kind: 'batch' });
    this.clearGradients();
    output.gradient.set(outputGradient.subarray(0, output.gradient.length));
    this.backward();
    return Promise.resolve({
      output: Float32Array.from(output.values),
      input: Float32Array.from(input.gradient),
      parameters: new Map([...this.parameters].map(([name, { gradient }]) => [name, Float32Array.from(gradient)])),
    });
  }

  dispose(): void {
    // The arrays go with this object.
  }

  /** All arrays that outlive a step, by name. */
  private *trainedArrays(): Iterable<readonly [string, Float64Array]> {
    for (const [name, { values, momentum }] of this.parameters) {
      yield [name, values];
      yield [`momentum:${name}`, momentum];
    }
    yield* this.buffers;
  }

  private get input(): Activation {
    return this.activations[0]!;
  }

  private get output(): Activation {
    return this.activations[this.graph.output]!;
  }

  private forward({ count, images }: Batch, statistics: Pass['statistics']): void {
    this.input.values.set(images.subarray(0, count * this.input.size));
    for (const operation of this.operations) operation.forward({ count, statistics });
  }

  private backward(): void {
    for (let i = this.operations.length - 1; i >= 0; i--) this.operations[i]!.backward({ count: this.batchSize });
  }

  private clearGradients(): void {
    for (const { gradient } of this.activations) gradient.fill(0);
    for (const { gradient } of this.parameters.values()) gradient.fill(0);
  }
}

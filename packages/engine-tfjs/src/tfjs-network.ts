import {
  InvalidInputError,
  type ActivationShape,
  type Batch,
  type CompiledNetwork,
  type CompileOptions,
  type Gradients,
  type Metrics,
  type NetworkGraph,
  type NetworkState,
  type TrainingState,
} from '@netspace/contracts';
import { toChannelsFirst, toChannelsLast } from '@netspace/tensorflow-export';
import {
  add,
  div,
  mul,
  reshape,
  scalar,
  sub,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
  zeros,
  type Rank,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  type TensorContainer,
} from '@tensorflow/tfjs-core';
import type { Backend } from './backend.js';
import { GraphProgram } from './graph-program.js';
import { softmaxCrossEntropy } from './kernels/registered-kernels.js';
import { labelsOf, oneHot } from './labels.js';
import { memoryOf } from './memory-of.js';
import { MetricsOnDevice } from './metrics-on-device.js';
import { MomentumSgd } from './momentum-sgd.js';
import type { Pass } from './operations.js';
import { PackedTensors } from './packed-tensors.js';
import { RunningStatistics } from './running-statistics.js';
import type { State, Step } from './step.js';

type TrainingInputs = [images: Tensor4D, labels: Tensor2D, learningRate: Scalar, labelSmoothing: Scalar];

/** A network on one of tfjs' backends. */
export class TfjsNetwork implements CompiledNetwork {
  readonly batchSize: number;
  readonly memoryBytes: number;
  private readonly program: GraphProgram;
  private readonly parameters: PackedTensors;
  private readonly statistics: RunningStatistics;
  private readonly optimizer: MomentumSgd;
  private readonly metrics: MetricsOnDevice;
  /** All that a step reads and replaces. */
  private readonly states: Readonly<Record<string, State>>;
  /** A training step from images, labels, learning rate and label smoothing. */
  private readonly step: Step;

  constructor(
    private readonly backend: Backend,
    private readonly graph: NetworkGraph,
    options: CompileOptions,
  ) {
    backend.use();
    this.batchSize = options.batchSize;
    this.program = new GraphProgram(graph);
    this.memoryBytes = memoryOf(graph, this.program, options.batchSize);
    this.parameters = new PackedTensors(graph.parameters);
    this.statistics = new RunningStatistics(graph);
    this.optimizer = new MomentumSgd(options.optimizer, graph.parameters);
    this.metrics = new MetricsOnDevice();
    const { parameters, statistics, optimizer, metrics } = this;
    this.states = { parameters, buffers: statistics.buffers, momentum: optimizer.velocity, metrics: metrics.sums };
    this.step = backend.makeStep({
      states: Object.values(this.states),
      constants: [statistics.momenta, optimizer.decay],
      compute: (inputs) => this.train(...(inputs as TrainingInputs)),
    });
  }

  async getState(): Promise<NetworkState> {
    this.backend.use();
    return new Map([...(await this.parameters.read()), ...(await this.statistics.buffers.read())]);
  }

  setState(state: NetworkState): void {
    this.backend.use();
    this.checkNames(state);
    this.parameters.set(state);
    this.statistics.buffers.set(state);
  }

  async getTrainingState(): Promise<TrainingState> {
    this.backend.use();
    const entries = Object.entries(this.states).map(
      async ([name, { value }]) => [name, (await value.data()) as Float32Array] as const,
    );
    return new Map(await Promise.all(entries));
  }

  setTrainingState(state: TrainingState): void {
    this.inScope(() => {
      // A step that is recorded as it runs the first time may round otherwise than when it runs as a whole.
      this.step.run(this.blankInputs());
      for (const [name, vector] of Object.entries(this.states))
        vector.assign(tensor1d(Float32Array.from(state.get(name)!)));
    });
  }

  trainStep(batch: Batch, learningRate: number, labelSmoothing: number): void {
    this.checkFull(batch);
    this.inScope(() =>
      this.step.run([this.imagesOf(batch), labelTensor(batch), scalar(learningRate), scalar(labelSmoothing)]),
    );
  }

  evaluate(batch: Batch): void {
    this.inScope(() => {
      this.lossGradient(this.program.run(this.imagesOf(batch), this.pass(false)), labelTensor(batch), scalar(0));
    });
  }

  updateStatistics(batch: Batch, momentum: number): void {
    this.inScope(() => {
      const statistics = new Map<string, Tensor1D>();
      this.program.run(this.imagesOf(batch), this.pass(true, statistics));
      this.statistics.move(statistics, momentum);
    });
  }

  takeMetrics(): Promise<Metrics> {
    this.backend.use();
    return this.metrics.take();
  }

  async infer(batch: Batch): Promise<Float32Array> {
    const output = this.inScope(() => this.program.run(this.imagesOf(batch), this.pass(false)));
    return read(output);
  }

  async differentiate(batch: Batch, outputGradient: Float32Array): Promise<Gradients> {
    this.checkFull(batch);
    const [output, input, parameters] = this.inScope(() => {
      const statistics = new Map<string, Tensor1D>();
      const pass = this.pass(true, statistics);
      const trace = this.program.trace(this.imagesOf(batch), pass);
      const result = trace.outputs[this.graph.output]!.clone();
      const gradient = imageTensor(outputGradient, batch.count, this.graph.nodes[this.graph.output]!.shape);
      let images: Tensor4D | undefined;
      const gradients = this.program.differentiate(trace, gradient, pass, (value) => (images = value));
      this.statistics.move(statistics);
      return [result, images!, this.parameters.pack(gradients, this.zerosLike)] as [Tensor4D, Tensor4D, Tensor1D];
    });
    const values = (await parameters.data()) as Float32Array;
    parameters.dispose();
    return { output: await read(output), input: await read(input), parameters: this.parameters.toGraph(values) };
  }

  dispose(): void {
    this.backend.use();
    this.step.dispose();
    this.parameters.dispose();
    this.statistics.dispose();
    this.optimizer.dispose();
    this.metrics.dispose();
  }

  /** Runs on this network's backend; only what is returned or kept outlives the call. */
  private inScope<Result extends TensorContainer>(compute: () => Result): Result {
    this.backend.use();
    return tidy(compute);
  }

  private train(...[images, labels, learningRate, labelSmoothing]: TrainingInputs): void {
    const statistics = new Map<string, Tensor1D>();
    const pass = this.pass(true, statistics);
    const trace = this.program.trace(images, pass);
    const gradient = this.lossGradient(trace.outputs[this.graph.output]!, labels, labelSmoothing);
    const gradients = this.program.differentiate(trace, gradient, pass);
    this.statistics.move(statistics);
    this.optimizer.step(this.parameters, this.parameters.pack(gradients, this.zerosLike), learningRate);
  }

  private pass(training: boolean, statistics = new Map<string, Tensor1D>()): Pass {
    return {
      training,
      parameter: (name) => this.parameters.get(name),
      buffer: (name) => this.statistics.buffers.get(name),
      onStatistics: (name, values) => statistics.set(name, values),
    };
  }

  private readonly zerosLike = (name: string): Tensor1D => zeros([this.parameters.get(name).size]);

  private blankInputs(): TrainingInputs {
    const { channels, height, width } = this.graph.nodes[0]!.shape;
    const images = zeros<Rank.R4>([this.batchSize, height, width, channels]);
    return [images, zeros<Rank.R2>([this.batchSize, 1]), scalar(0), scalar(0)];
  }

  private imagesOf({ images, count }: Batch): Tensor4D {
    return imageTensor(images, count, this.graph.nodes[0]!.shape);
  }

  /** Counts the loss and the errors; returns the gradient of the mean loss. */
  private lossGradient(output: Tensor4D, indices: Tensor2D, labelSmoothing: Scalar): Tensor4D {
    const [count, height, width, classes] = output.shape;
    if (height !== 1 || width !== 1) {
      throw new InvalidInputError({
        problem: `the loss needs an output of shape [classes, 1, 1], but the graph's is [${classes}, ${height}, ${width}]`,
      });
    }
    const labels = labelsOf(indices, classes);
    const targets = add<Tensor2D>(mul(oneHot(labels), sub(1, labelSmoothing)), div(labelSmoothing, classes));
    const logits = reshape<Rank.R2>(output, [count, classes]);
    const [losses, gradient] = softmaxCrossEntropy(logits, targets);
    this.metrics.add(losses, logits, labels);
    return reshape(div(gradient, count), output.shape);
  }

  private checkFull({ count }: Batch): void {
    if (count === this.batchSize) return;
    throw new InvalidInputError({ problem: `a training batch must have ${this.batchSize} images, but has ${count}` });
  }

  private checkNames(state: NetworkState): void {
    const { parameters, buffers } = this.graph;
    const known = new Set([...parameters, ...buffers].map(({ name }) => name));
    for (const name of state.keys()) {
      if (!known.has(name))
        throw new InvalidInputError({ problem: 'the network has no such parameter or buffer', key: name });
    }
  }
}

/** Images [count, channels, height, width] as a tensor [count, height, width, channels], by copy. */
function imageTensor(values: Float32Array, count: number, { channels, height, width }: ActivationShape): Tensor4D {
  const data = toChannelsLast(values, [count, channels, height, width]);
  return tensor4d(data, [count, height, width, channels]);
}

/** The labels as a tensor [count, 1], by copy. */
function labelTensor({ labels, count }: Batch): Tensor2D {
  return tensor2d(Float32Array.from(labels.subarray(0, count)), [count, 1]);
}

/** The values of an activation as [count, channels, height, width]; frees it. */
async function read(activation: Tensor4D): Promise<Float32Array> {
  const values = (await activation.data()) as Float32Array;
  activation.dispose();
  return toChannelsFirst(values, activation.shape);
}

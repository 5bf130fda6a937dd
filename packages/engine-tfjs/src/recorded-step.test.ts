import { expect, test } from '@jest/globals';
import type { NetworkState } from '@netspace/contracts';
import { buildGraph, initialState, shippedArchitecture } from '@netspace/model-builder';
import { optimizer, randomBatch, worstDifference } from '@netspace/engine-testing';
import * as tf from '@tensorflow/tfjs-core';
import { Backend } from './backend.js';
import { hasTensorflow } from './fixtures/tfjs-backends.js';
import { KeptVector } from './kept-vector.js';
import type { TensorflowBackend } from './kernels/tensorflow-backend.js';
import { RecordedStep } from './recorded-step.js';
import { eagerStep, type Step, type StepDefinition } from './step.js';
import { TfjsNetwork } from './tfjs-network.js';

const testWithTensorflow = hasTensorflow ? test : test.skip;
const condition = '(skipped without TensorFlow: npm run setup:tfjs)';

interface CountingBackend extends TensorflowBackend {
  readonly binding: TensorflowBackend['binding'] & { getNumOfTensors(): number; getNumOfSavedModels(): number };
}

async function tensorflow(): Promise<CountingBackend> {
  await tf.setBackend('tensorflow');
  return tf.backend() as unknown as CountingBackend;
}

/** sum <- sum + input * constant * 2; largest <- max(largest, input), zero or more. */
function definition(): StepDefinition & { dispose(): void } {
  const [sum, largest] = [new KeptVector(tf.zeros([3])), new KeptVector(tf.zeros([3]))];
  const constant = tf.keep(tf.tensor1d([1, 10, 100]));
  return {
    states: [sum, largest],
    constants: [constant],
    compute([input]) {
      sum.assign(tf.tidy(() => tf.add<tf.Tensor1D>(sum.value, tf.mul(tf.mul(input!, constant), 2))));
      const isLarger = tf.greater(input!, largest.value);
      largest.assign(tf.tidy(() => tf.where<tf.Tensor1D>(isLarger, input as tf.Tensor1D, largest.value)));
    },
    dispose: () => tf.dispose([sum.value, largest.value, constant]),
  };
}

function run(step: Step, input: number[]): void {
  tf.tidy(() => step.run([tf.tensor1d(input)]));
}

testWithTensorflow(`a recorded step does what it did when it was recorded, on new inputs ${condition}`, async () => {
  const backend = await tensorflow();
  const [recorded, eager] = [definition(), definition()];
  const steps = [new RecordedStep(backend, recorded), eagerStep(eager)];
  for (const input of [[1, 2, 3], [3, 2, 1], [-1, 4, 0.5]]) for (const step of steps) run(step, input); // prettier-ignore
  const values = (step: StepDefinition): number[][] => step.states.map(({ value }) => [...value.dataSync()]);
  expect(values(recorded)).toEqual([
    [6, 160, 900],
    [3, 4, 3],
  ]);
  expect(values(recorded)).toEqual(values(eager));
  for (const step of steps) step.dispose();
  recorded.dispose();
  eager.dispose();
});

testWithTensorflow(`a recorded step leaves nothing behind, neither here nor in TensorFlow ${condition}`, async () => {
  const backend = await tensorflow();
  const counts = (): number[] => [
    tf.memory().numTensors,
    backend.binding.getNumOfTensors(),
    backend.binding.getNumOfSavedModels(),
  ];
  const before = counts();
  const recorded = definition();
  const step = new RecordedStep(backend, recorded);
  run(step, [1, 2, 3]);
  run(step, [1, 2, 3]);
  const during = counts();
  for (let repetition = 0; repetition < 1000; repetition++) run(step, [1, 2, 3]);
  expect(counts()).toEqual(during);
  step.dispose();
  recorded.dispose();
  expect(counts()).toEqual(before);
});

testWithTensorflow(`a recorded step that reads what it was not given is refused ${condition}`, async () => {
  const backend = await tensorflow();
  const state = new KeptVector(tf.zeros([1]));
  const secret = tf.tensor1d([1]);
  secret.add(0).dispose();
  const step = new RecordedStep(backend, {
    states: [state],
    constants: [],
    compute: () => state.assign(tf.tidy(() => tf.add<tf.Tensor1D>(state.value, secret))),
  });
  expect(() => run(step, [1])).toThrow('a recorded computation reads a tensor that it was not given');
  expect(backend.binding).toHaveProperty('executeOp');
  tf.dispose([secret, state.value]);
});

testWithTensorflow.each(Object.keys(shippedArchitecture.blocks))(
  `networks of block %s train as operation by operation, and always to the same bits ${condition}`,
  async (block) => {
    const backend = await tensorflow();
    const graph = buildGraph({
      stem: { type: 'res_stem_in', width: 8 },
      block,
      stages: [{ depth: 2, width: 16, stride: 2, bottleneckRatio: 1, groupWidth: 8 }],
      squeezeExcitationRatio: block === 'y' ? 0.25 : 0,
      headWidth: 0,
      classes: 7,
      imageSize: 16,
      imageChannels: 3,
    });
    const train = async (makeStep: Backend['makeStep']): Promise<NetworkState> => {
      const description = { version: '', device: '', makeStep };
      const network = new TfjsNetwork(new Backend('tensorflow', description), graph, { batchSize: 6, optimizer });
      network.setState(initialState(graph, 1));
      for (let step = 0; step < 4; step++) network.trainStep(randomBatch(graph, 6, step), 0.05, 0.1);
      const state = await network.getState();
      network.dispose();
      return state;
    };
    const recorded = await train((definition) => new RecordedStep(backend, definition));
    const again = await train((definition) => new RecordedStep(backend, definition));
    expect(worstDifference(again, recorded).error).toBe(0);
    expect(worstDifference(recorded, await train(eagerStep)).error).toBeLessThan(1e-4);
  },
);

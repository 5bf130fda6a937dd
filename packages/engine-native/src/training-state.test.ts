import { describe, expect, test } from '@jest/globals';
import { InvalidInputError, type Precision } from '@netspace/contracts';
import {
  GraphMaker,
  optimizer,
  randomClassifier,
  randomState,
  trainWithBreaks,
  withNetwork,
} from '@netspace/engine-testing';
import { buildGraph } from '@netspace/model-builder';
import fc from 'fast-check';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';

/** Grouped convolutions of every tiling, strides, squeeze-excitation, a linear head. */
const network = buildGraph({
  stem: { type: 'res_stem_cifar', width: 12 },
  block: 'y',
  stages: [
    { depth: 2, width: 24, stride: 2, bottleneckRatio: 1, groupWidth: 8 },
    { depth: 1, width: 40, stride: 2, bottleneckRatio: 2, groupWidth: 4 },
  ],
  ...{ squeezeExcitationRatio: 0.25, headWidth: 16, classes: 7, imageSize: 12, imageChannels: 3 },
});

const breaks = (steps: number): fc.Arbitrary<number[]> => fc.subarray(Array.from({ length: steps }, (_, step) => step));

async function canTrainIn(isa: string, precision: Precision): Promise<boolean> {
  const engine = await nativeEngine(isa);
  const identity = new GraphMaker({ channels: 1, height: 1, width: 1 }).graph();
  return engine.compile(identity, { batchSize: 1, optimizer, precision }).then(
    () => true,
    () => false,
  );
}

const precisions: [isa: string, precision: Precision][] = [];
for (const isa of instructionSets)
  for (const precision of ['float32', 'bfloat16'] as const)
    if (await canTrainIn(isa, precision)) precisions.push([isa, precision]);

describe.each(precisions)('a training that other networks go on with, %s, %s', (isa, precision) => {
  test('gives the bits of one that was never broken off, whatever the number of threads', async () => {
    const engines = [await nativeEngine(isa), await nativeEngine(isa, 2)];
    for (const batchSize of [5, 64]) {
      const training = { graph: network, batchSize, precision, steps: 7 };
      const whole = await trainWithBreaks(engines.slice(0, 1), { ...training, breaks: [] });
      await fc.assert(
        fc.asyncProperty(breaks(7), async (steps) => {
          expect(await trainWithBreaks(engines, { ...training, breaks: steps })).toEqual(whole);
        }),
        { seed: 30301, numRuns: 4 },
      );
    }
  });

  test('does so with any composition of operations', async () => {
    const engine = await nativeEngine(isa);
    await fc.assert(
      fc.asyncProperty(randomClassifier, breaks(4), async (graph, steps) => {
        const training = { graph, batchSize: 9, precision, steps: 4 };
        const whole = await trainWithBreaks([engine], { ...training, breaks: [] });
        expect(await trainWithBreaks([engine], { ...training, breaks: steps })).toEqual(whole);
      }),
      { seed: 30302, numRuns: 12 },
    );
  });
});

test('a state without momentum, or with a part that is too short, is refused by its name', async () => {
  await withNetwork(await nativeEngine(instructionSets[0]!), network, 4, randomState(network, 1), async (compiled) => {
    const state = await compiled.getTrainingState!();
    const without = new Map(state);
    without.delete('momentum:head.fc.weight');
    expect(() => compiled.setTrainingState!(without)).toThrow('momentum.head.fc.weight: must be a Float32Array');
    const short = new Map(state).set('head.fc.bias', new Float32Array(6));
    expect(() => compiled.setTrainingState!(short)).toThrow(InvalidInputError);
  });
});

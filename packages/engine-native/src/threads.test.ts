import { describe, expect, test } from '@jest/globals';
import type { Engine, NetworkGraph } from '@netspace/contracts';
import { buildGraph } from '@netspace/model-builder';
import { derivatives, randomBatch, randomGraph, randomState, withNetwork } from '@netspace/engine-testing';
import fc from 'fast-check';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';
import { loadEngine } from './load-engine.js';

const threadCounts = fc.constantFrom(2, 3, 8);
const batchSizes = fc.constantFrom(1, 9, 16, 21, 70);

/** Everything that a network does to its state and says of a batch. */
function everything(engine: Engine, graph: NetworkGraph, batchSize: number): Promise<unknown> {
  return withNetwork(engine, graph, batchSize, randomState(graph, 1), async (network) => {
    const part = Math.ceil(batchSize / 2);
    for (let step = 0; step < 3; step++) network.trainStep(randomBatch(graph, batchSize, step), 0.02, 0.1);
    const trained = await network.takeMetrics();
    network.updateStatistics(randomBatch(graph, part, 4), 0.5);
    network.evaluate(randomBatch(graph, part, 5));
    return { trained, evaluated: await network.takeMetrics(), state: await network.getState() };
  });
}

describe.each(instructionSets)('results do not depend on the number of threads, %s', (isa) => {
  test('any composition of operations', async () => {
    const one = await nativeEngine(isa);
    await fc.assert(
      fc.asyncProperty(randomGraph, batchSizes, threadCounts, async (graph, batchSize, threads) => {
        const many = await nativeEngine(isa, threads);
        expect(await derivatives(many, graph, batchSize)).toEqual(await derivatives(one, graph, batchSize));
      }),
      { seed: 20201, numRuns: 12 },
    );
  });

  test('training with momentum, running statistics and metrics', async () => {
    const graph = buildGraph({
      stem: { type: 'res_stem_cifar', width: 8 },
      block: 'y',
      stages: [
        { depth: 2, width: 24, stride: 2, bottleneckRatio: 1, groupWidth: 8 },
        { depth: 1, width: 40, stride: 2, bottleneckRatio: 2, groupWidth: 4 },
      ],
      ...{ squeezeExcitationRatio: 0.25, headWidth: 16, classes: 7, imageSize: 12, imageChannels: 3 },
    });
    for (const batchSize of [5, 64, 100]) {
      const alone = await everything(await nativeEngine(isa), graph, batchSize);
      for (const threads of [2, 5]) {
        expect(await everything(await nativeEngine(isa, threads), graph, batchSize)).toEqual(alone);
      }
    }
  });
});

test('the engine says how many cores it takes', async () => {
  expect((await nativeEngine(instructionSets[0]!, 3)).description).toMatch(/^C\+\+ on 3 cores, /);
});

test.each([0, -1, 1.5, NaN])('%p threads are refused', async (threads) => {
  await expect(loadEngine({ threads })).rejects.toThrow(/^threads: got .*a positive integer/);
});

import { describe, expect, test } from '@jest/globals';
import type { CompileOptions, Engine } from '@netspace/contracts';
import {
  derivatives,
  GraphMaker,
  optimizer,
  randomBatch,
  randomGraph,
  randomState,
  withNetwork,
} from '@netspace/engine-testing';
import { buildGraph, initialState } from '@netspace/model-builder';
import fc from 'fast-check';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';
import { smoothGraph } from './fixtures/smooth-graph.js';
import { withOptions } from './fixtures/with-options.js';

type Reduced = Pick<CompileOptions, 'precision' | 'storage'>;

const reductions: [name: string, options: Reduced][] = [
  ['multiplied in bfloat16', { precision: 'bfloat16' }],
  ['stored in bfloat16', { storage: 'bfloat16' }],
  ['multiplied and stored in bfloat16', { precision: 'bfloat16', storage: 'bfloat16' }],
];

const identity = new GraphMaker({ channels: 1, height: 1, width: 1 }).graph();

async function canTrain(isa: string, options: Reduced): Promise<boolean> {
  const compiled = withOptions(await nativeEngine(isa), options).compile(identity, { batchSize: 1, optimizer });
  return compiled.then(
    () => true,
    () => false,
  );
}

const cases: [name: string, isa: string, options: Reduced][] = [];
for (const isa of instructionSets)
  for (const [name, options] of reductions) if (await canTrain(isa, options)) cases.push([name, isa, options]);

describe.each(cases)('%s, %s', (_, isa, options) => {
  const reduced = async (threads = 1): Promise<Engine> => withOptions(await nativeEngine(isa, threads), options);

  test('the same bits from the same call and with any number of threads, for any composition of operations', async () => {
    const [one, three] = [await reduced(), await reduced(3)];
    await fc.assert(
      fc.asyncProperty(randomGraph, fc.constantFrom(1, 5, 21), async (graph, count) => {
        const first = await derivatives(one, graph, count);
        expect(await derivatives(one, graph, count)).toEqual(first);
        expect(await derivatives(three, graph, count)).toEqual(first);
      }),
      { seed: 20203, numRuns: 20 },
    );
  });

  test('evaluation is in float32', async () => {
    const graph = smoothGraph(8);
    const infer = (engine: Engine): Promise<Float32Array> =>
      withNetwork(engine, graph, 4, randomState(graph, 1), (network) => network.infer(randomBatch(graph, 4, 2)));
    expect(await infer(await reduced())).toEqual(await infer(await nativeEngine(isa)));
  });

  test('training lowers the loss of a batch', async () => {
    const graph = buildGraph({
      stem: { type: 'res_stem_cifar', width: 8 },
      block: 'y',
      stages: [{ depth: 2, width: 16, stride: 2, bottleneckRatio: 1, groupWidth: 8 }],
      ...{ squeezeExcitationRatio: 0.25, headWidth: 0, classes: 6, imageSize: 6, imageChannels: 1 },
    });
    await withNetwork(await reduced(), graph, 16, initialState(graph, 1), async (network) => {
      const losses: number[] = [];
      for (let step = 0; step < 60; step++) {
        network.trainStep(randomBatch(graph, 16, 1), 0.05, 0);
        losses.push((await network.takeMetrics()).lossSum);
      }
      expect(losses.at(-1)!).toBeLessThan(losses[0]! / 4);
    });
  });
});

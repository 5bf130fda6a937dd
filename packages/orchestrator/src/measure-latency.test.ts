import { expect, test } from '@jest/globals';
import { type Engine, InvalidInputError } from '@netspace/contracts';
import { loadEngine } from '@netspace/engine-reference';
import { shippedArchitecture } from '@netspace/model-builder';
import { measureLatency } from './measure-latency.js';

const config = {
  stem: { type: 'res_stem_cifar', width: 8 },
  block: 'x',
  stages: [{ depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 8 }],
  squeezeExcitationRatio: 0,
  headWidth: 0,
  classes: 4,
  imageSize: 4,
  imageChannels: 1,
};

/** The reference engine, each of whose inference passes takes `milliseconds` longer. */
async function slowEngine(milliseconds: number, seen: number[]): Promise<Engine> {
  const reference = await loadEngine();
  const { engine } = reference;
  return {
    ...{ name: 'slow', description: 'slow', numerics: '1', instructionSet: 'portable' },
    async compile(graph, options) {
      const network = await engine.compile(graph, options);
      const infer = network.infer.bind(network);
      network.infer = async (batch) => {
        seen.push(batch.count);
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        return infer(batch);
      };
      return network;
    },
  };
}

test('measureLatency(config, room) gives the middle half of at least 30 passes of whole batches', async () => {
  const seen: number[] = [];
  const room = { engine: await slowEngine(20, seen), architecture: shippedArchitecture, batchSize: 3 };
  const { median, lowerQuartile, upperQuartile, passes } = await measureLatency(config, room);
  expect(passes).toBeGreaterThanOrEqual(30);
  expect(seen).toHaveLength(passes + 5);
  expect(new Set(seen)).toEqual(new Set([3]));
  // A timer may fire up to a millisecond early.
  expect(lowerQuartile).toBeGreaterThan(18);
  expect(lowerQuartile).toBeLessThanOrEqual(median);
  expect(median).toBeLessThanOrEqual(upperQuartile);
});

test('measureLatency(config, room) says in words what the engine has no memory for', async () => {
  const engine = {
    ...(await slowEngine(0, [])),
    compile: () => Promise.reject(new Error('not enough memory')),
  };
  const room = { engine, architecture: shippedArchitecture, batchSize: 1e9 };
  const told = new InvalidInputError({
    problem: 'slow cannot make a pass of 1000000000 images: not enough memory',
    expected: 'fewer images a pass, where memory is short',
  });
  await expect(measureLatency(config, room)).rejects.toEqual(told);
});

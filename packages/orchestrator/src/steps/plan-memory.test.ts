import { describe, expect, test } from '@jest/globals';
import { type Engine, InvalidInputError, type Population } from '@netspace/contracts';
import { shippedArchitecture } from '@netspace/model-builder';
import type { Arm } from '@netspace/study';
import { recipeSchema } from '@netspace/trainer';
import { planMemory } from './plan-memory.js';

const config = {
  stem: { type: 'res_stem_cifar', width: 8 },
  block: 'x',
  stages: [{ depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 8 }],
  ...{ squeezeExcitationRatio: 0, headWidth: 0, classes: 4, imageSize: 4, imageChannels: 1 },
};
const networks = ['net0', 'net1'].map((id, index) => ({
  ...{ id, index, config, complexity: { flops: 1, params: 1, acts: 1000 }, parameters: {} },
}));
const population = { space: 'A', networks } as unknown as Population;
const arm = { name: 'A', setting: { recipe: recipeSchema.parse({ batchSize: 250 }) } } as unknown as Arm;

function planWith(compile: () => unknown, limit: number) {
  const engine = { name: 'made', description: 'made', compile } as unknown as Engine;
  return planMemory([arm], [population], { engine, architecture: shippedArchitecture, limit });
}

describe('planMemory(arms, populations, room)', () => {
  test('asks the engine for the bytes of each network, and frees them', async () => {
    let disposed = 0;
    const compile = () => Promise.resolve({ memoryBytes: 2e6, dispose: () => disposed++ });
    const plan = await planWith(compile, 1e6);
    expect(plan.networks).toEqual(networks.map((network) => ({ arm: 'A', network, bytes: 2e6 })));
    expect(disposed).toBe(2);
  });

  test('refuses networks whose activations cannot fit, before the engine takes memory: all at once', async () => {
    const compile = () => {
      throw new Error('compiled');
    };
    await expect(planWith(compile, 999_999)).rejects.toThrow(
      /^recipe\.batchSize: 2 of 2 networks cannot be trained:\n {2}net0 of A does not fit into 1 MB: its activations alone take 1 MB in batches of 250\n {2}net1 of A /,
    );
  });

  test('names the networks for which the engine finds no memory', async () => {
    await expect(planWith(() => Promise.reject(new Error('not enough memory')), 5e6)).rejects.toThrow(
      'net0 of A does not fit into 5 MB (not enough memory): its activations alone take 1 MB in batches of 250',
    );
  });

  test('passes on what the engine says of a network that it refuses', async () => {
    const refusal = new InvalidInputError({ key: 'recipe.precision', problem: 'got bfloat16', expected: 'float32' });
    await expect(planWith(() => Promise.reject(refusal), 5e6)).rejects.toThrow(
      /^recipe\.precision: 2 of 2 networks cannot be trained:\n {2}net0 of A: got bfloat16/,
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Engine, Population, SampledNetwork } from '@netspace/contracts';
import { recipeSchema } from '@netspace/trainer';
import { checkMemory, type MemoryPlan, mostMemory, planStep } from './plan-step.js';

/** Networks of 300, 900 and 600 MB, and processes of 100 MB. */
const plan: MemoryPlan = {
  networks: [300, 900, 600].map((megabytes, index) => ({
    space: 'A',
    network: { id: `net${index}`, index } as SampledNetwork,
    bytes: megabytes * 1e6,
  })),
  processBytes: 100e6,
};

describe('planStep(study, populations, engine, limit)', () => {
  const config = {
    stem: { type: 'res_stem_cifar', width: 8 },
    block: 'x',
    stages: [{ depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 8 }],
    ...{ squeezeExcitationRatio: 0, headWidth: 0, classes: 4, imageSize: 4, imageChannels: 1 },
  };
  const network = { id: 'net0', index: 0, config, complexity: { flops: 1, params: 1, acts: 1000 }, parameters: {} };
  const population = { space: 'A', networks: [network] } as unknown as Population;
  const study = { recipe: recipeSchema.parse({ batchSize: 250 }) };
  const engineOf = (compile: () => unknown): Engine => ({ name: 'made', description: 'made', compile }) as Engine;

  test('asks the engine for the bytes of each network, and frees them', async () => {
    let disposed = 0;
    const engine = engineOf(() => Promise.resolve({ memoryBytes: 2e6, dispose: () => disposed++ }));
    const { networks } = await planStep(study, [population], engine, 1e6);
    expect(networks).toEqual([{ space: 'A', network, bytes: 2e6 }]);
    expect(disposed).toBe(1);
  });

  test('refuses a network whose activations cannot fit, before the engine takes memory', async () => {
    const engine = engineOf(() => {
      throw new Error('compiled');
    });
    await expect(planStep(study, [population], engine, 999_999)).rejects.toThrow(
      'recipe.batchSize: net0 of A does not fit into 1 MB: its activations alone take 1 MB in batches of 250 ' +
        '(valid: a smaller recipe.batchSize or regime.acts)',
    );
  });

  test('names the network for which the engine finds no memory', async () => {
    const engine = engineOf(() => Promise.reject(new Error('not enough memory')));
    await expect(planStep(study, [population], engine, 5e6)).rejects.toThrow(
      'net0 of A does not fit into 5 MB (not enough memory): its activations alone take 1 MB in batches of 250',
    );
  });
});

describe('mostMemory(plan, workers)', () => {
  test.each([
    [1, 100 + 1000],
    [2, 100 + 1000 + 700],
    [3, 100 + 1000 + 700 + 400],
    [8, 100 + 1000 + 700 + 400],
  ])('%d workers meet the largest networks: %d MB', (workers, megabytes) => {
    expect(mostMemory(plan, workers)).toBe(megabytes * 1e6);
  });
});

describe('checkMemory(plan, workers, limit)', () => {
  test('passes what just fits', () => {
    expect(() => checkMemory(plan, 2, 1800e6)).not.toThrow();
  });

  test('names the demand, the limit, the largest network, and the workers that fit', () => {
    expect(() => checkMemory(plan, 3, 1800e6)).toThrow(
      '--workers: 3 at once may need 2200 MB, but there are 1800 MB; the largest network, net1 of A, takes 900 MB ' +
        '(valid: --workers 2, or a smaller recipe.batchSize or regime.acts)',
    );
  });

  test('proposes no workers where not even one fits', () => {
    expect(() => checkMemory(plan, 3, 1000e6)).toThrow('(valid: a smaller recipe.batchSize or regime.acts)');
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Architecture, DistributionKind } from '@netspace/contracts';
import { shippedArchitecture } from '@netspace/model-builder';
import {
  defineDesignSpace,
  type DesignSpaceDefinition,
  type Distributions,
  samplePopulation,
  shippedDistributions,
  sizeOf,
} from './index.js';

/** Low or high, nothing between. */
const ends: DistributionKind = {
  boundsProblem: ({ low, high }) =>
    low === high ? { key: 'low', problem: `got ${low}, which is high too`, expected: 'two ends' } : undefined,
  valueCount: () => 2,
  sampler:
    ({ low, high }) =>
    (random) =>
      random.uniform() < 0.5 ? low : high,
};

const distributions: Distributions = { ...shippedDistributions, ends };
const definition: DesignSpaceDefinition = {
  name: 'ends',
  extends: 'AnyNetX-C',
  parameters: { w: { distribution: 'ends', low: 64, high: 128 } },
};

describe("a plugin's distribution", () => {
  test('is sized and sampled where it is passed in', async () => {
    const space = defineDesignSpace(definition, { distributions });
    expect(sizeOf(space, distributions).combinations).toBe((16n * 2n) ** 4n * 18n);
    const { networks } = await samplePopulation({ space, regime: {}, count: 20, seed: 1, distributions });
    const widths = networks.flatMap(({ parameters }) => [1, 2, 3, 4].map((stage) => parameters[`w[${stage}]`]));
    expect(new Set(widths)).toEqual(new Set([64, 128]));
  });

  test('is unknown where it is not', async () => {
    const unknown = 'got "ends" (valid: uniform, log_uniform, ';
    expect(() => defineDesignSpace(definition)).toThrow(`parameters.w.distribution: ${unknown}`);
    const space = defineDesignSpace(definition, { distributions });
    expect(() => sizeOf(space)).toThrow(unknown);
    await expect(samplePopulation({ space, regime: {}, count: 1, seed: 1 })).rejects.toThrow(unknown);
  });

  test.each<[string, Partial<DistributionKind>, string]>([
    [
      'refuses the bounds',
      { boundsProblem: () => ({ key: 'high', problem: 'is odd', expected: 'even' }) },
      'high: is odd',
    ],
    [
      'draws outside its bounds',
      { sampler: () => () => 136 },
      'distribution: ends drew 136 (valid: a number from 64 to 128)',
    ],
    ['draws no number', { sampler: () => () => NaN }, 'distribution: ends drew NaN (valid: a number from 64 to 128)'],
    ['draws half a channel', { sampler: () => () => 64.5 }, 'distribution: ends drew 64.5 (valid: a multiple of 1)'],
    [
      'counts no whole number',
      { valueCount: () => 1.5 },
      'distribution: ends counts 1.5 values (valid: an integer of at least 1)',
    ],
  ])('that %s is refused', (_, change, message) => {
    const options = { distributions: { ...distributions, ends: { ...ends, ...change } } };
    expect(() => defineDesignSpace(definition, options)).toThrow(`parameters.w.${message}`);
  });
});

test("samplePopulation(request) knows a plugin's block where it is passed in, and no other way", async () => {
  const architecture: Architecture = {
    ...shippedArchitecture,
    blocks: {
      ...shippedArchitecture.blocks,
      pointwise: (builder, input, { width, stride }) =>
        builder.relu('af', builder.conv('a', input, width, { kernel: 1, stride })),
    },
  };
  const space = defineDesignSpace({ name: 'own', extends: 'AnyNetX-A', block: 'pointwise' });
  const request = { space, regime: {}, count: 3, seed: 1 };
  const { networks } = await samplePopulation({ ...request, architecture });
  expect(networks.map(({ config }) => config.block)).toEqual(['pointwise', 'pointwise', 'pointwise']);
  await expect(samplePopulation(request)).rejects.toThrow('block: got "pointwise" (valid: ');
});

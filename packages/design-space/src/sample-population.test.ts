import { describe, expect, test } from '@jest/globals';
import { complexityOf } from '@netspace/model-builder';
import { defineDesignSpace, designSpaceNames, findDesignSpace, samplePopulation } from './index.js';

const mobile = { flops: { low: 360e6, high: 400e6 } };

describe('samplePopulation', () => {
  test.each(designSpaceNames)('%s: distinct networks within the limits, with their complexity', async (name) => {
    const space = findDesignSpace(name);
    const { networks, sampling } = await samplePopulation({ space, regime: mobile, count: 20, seed: 1 });
    expect(networks.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(new Set(networks.map(({ config }) => JSON.stringify(config))).size).toBe(20);
    for (const { config, complexity, id } of networks) {
      expect(complexity).toEqual(complexityOf(config));
      expect(complexity.flops).toBeGreaterThanOrEqual(360e6);
      expect(complexity.flops).toBeLessThanOrEqual(400e6);
      expect(id).toMatch(/^[0-9a-f]{12}$/);
      expect(config).toMatchObject({ block: space.block, classes: 1000, imageSize: 224, imageChannels: 3 });
      expect(config.stem).toEqual({ type: 'simple_stem_in', width: 32 });
      expect(config.stages.map(({ stride }) => stride)).toEqual([2, 2, 2, 2]);
    }
    const rejected = Object.values(sampling.rejected).reduce((sum, count) => sum + count, 0);
    expect(sampling.accepted).toBe(20);
    expect(sampling.drawn).toBe(20 + rejected);
  });

  test('member i is the same however many are drawn', async () => {
    const request = { space: findDesignSpace('AnyNetX-E'), regime: mobile, seed: 7 };
    const few = await samplePopulation({ ...request, count: 5 });
    const many = await samplePopulation({ ...request, count: 15 });
    expect(many.networks.slice(0, 5)).toEqual(few.networks);
  });

  test('another seed or space name gives another population', async () => {
    const ids = async (seed: number, name: string): Promise<string[]> => {
      const space = defineDesignSpace({ name, extends: 'AnyNetX-E' });
      const { networks } = await samplePopulation({ space, regime: {}, count: 5, seed });
      return networks.map(({ id }) => id);
    };
    const all = await Promise.all([ids(1, 'a'), ids(2, 'a'), ids(1, 'b')]);
    expect(new Set(all.flat()).size).toBe(15);
  });

  test('a duplicate of an earlier member is drawn again', async () => {
    const space = defineDesignSpace({
      name: 'eight',
      extends: 'AnyNetX-C',
      stages: 1,
      parameters: { d: { high: 4 }, w: { value: 8 }, b: { high: 2 }, g: { value: 1 } },
    });
    const { networks, sampling } = await samplePopulation({ space, regime: {}, count: 8, seed: 1 });
    expect(new Set(networks.map(({ id }) => id)).size).toBe(8);
    expect(sampling.rejected.duplicate).toBeGreaterThan(0);
  });

  test('the constraints of RegNetX-constrained hold', async () => {
    const space = findDesignSpace('RegNetX-constrained');
    const { networks, sampling } = await samplePopulation({ space, regime: mobile, count: 50, seed: 3 });
    for (const { complexity, parameters } of networks) {
      expect(complexity.params).toBeLessThan(3e6 + 5.5e-3 * complexity.flops);
      expect(complexity.acts).toBeLessThan(6.5e6 * Math.sqrt(complexity.flops / 1e9));
      expect(parameters.depth).toBeGreaterThanOrEqual(12);
      expect(parameters.depth).toBeLessThanOrEqual(28);
      expect(parameters.b).toBe(1);
    }
    expect(Object.keys(sampling.rejected)).toContain('acts < 6.5e6 * sqrt(flops / 1e9)');
  });

  test('constraints on drawn parameters hold, and every limit of the regime', async () => {
    const space = defineDesignSpace({
      name: 'a',
      extends: 'AnyNetX-C',
      constraints: ['w[end] > 2 * w[1]', 'depth <= 20'],
    });
    const regime = { params: { low: 1e6, high: 2e6 }, acts: { low: 1e6, high: 4e6 } };
    const { networks } = await samplePopulation({ space, regime, count: 20, seed: 1 });
    for (const { parameters, complexity } of networks) {
      expect(parameters['w[4]']).toBeGreaterThan(2 * parameters['w[1]']!);
      expect([1, 2, 3, 4].reduce((sum, stage) => sum + parameters[`d[${stage}]`]!, 0)).toBeLessThanOrEqual(20);
      expect(complexity.params >= 1e6 && complexity.params <= 2e6).toBe(true);
      expect(complexity.acts >= 1e6 && complexity.acts <= 4e6).toBe(true);
    }
  });

  test('networks are built for the setting, with the block and strides of the space', async () => {
    const space = defineDesignSpace({ name: 'a', extends: 'AnyNetX-A', block: 'vanilla', strides: [1, 2, 2, 1] });
    const setting = {
      stem: { type: 'res_stem_cifar', width: 16 },
      ...{ headWidth: 64, classes: 10, imageSize: 32, imageChannels: 1 },
    };
    const { networks } = await samplePopulation({ space, regime: {}, count: 3, seed: 1, setting });
    for (const { config } of networks) {
      expect(config).toMatchObject({ ...setting, block: 'vanilla' });
      expect(config.stages.map(({ stride }) => stride)).toEqual([1, 2, 2, 1]);
    }
  });

  test('reports every member', async () => {
    const seen: number[] = [];
    const request = { space: findDesignSpace('AnyNetX-A'), regime: {}, count: 4, seed: 1 };
    await samplePopulation(request, (members) => seen.push(members));
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  test.each([
    [{ count: 0 }, 'count: got 0 (valid: an integer of at least 1)'],
    [{ count: 1.5 }, 'count: got 1.5 (valid: an integer of at least 1)'],
    [{ seed: 0.5 }, 'seed: got 0.5 (valid: an integer)'],
    [{ regime: { acts: { low: 2, high: 1 } } }, 'regime.acts: got 2 to 1 (valid: a low end of at most the high end)'],
  ])('refuses %j', async (change, message) => {
    const request = { space: findDesignSpace('AnyNetX-A'), regime: {}, count: 1, seed: 1, ...change };
    await expect(samplePopulation(request)).rejects.toThrow(message);
  });
});

import { describe, expect, test } from '@jest/globals';
import { defineDesignSpace, designSpaceNames, findDesignSpace, includesNetwork, samplePopulation } from './index.js';

const setting = {
  stem: { type: 'res_stem_cifar', width: 16 },
  ...{ headWidth: 0, classes: 10, imageSize: 32, imageChannels: 3 },
};

const networksOf = async (space: ReturnType<typeof findDesignSpace>, count = 200) =>
  (await samplePopulation({ space, regime: {}, count, seed: 3, setting })).networks;

describe('includesNetwork(space)', () => {
  test.each(designSpaceNames)('holds of all networks of %s itself', async (name) => {
    const space = findDesignSpace(name);
    expect((await networksOf(space)).every(includesNetwork(space))).toBe(true);
  });

  test('holds of those that fulfil what a nested space asks, counted by hand', async () => {
    const networks = await networksOf(findDesignSpace('AnyNetX-C'));
    const rises = networks.filter(({ config: { stages } }) =>
      stages.every(({ width }, index) => index === 0 || width >= stages[index - 1]!.width),
    );
    // Of the built networks some rise only since their widths were made compatible with the groups.
    const drawn = rises.filter(({ parameters: p }) => [2, 3, 4].every((i) => p[`w[${i}]`]! >= p[`w[${i - 1}]`]!));
    expect(drawn.length).toBeGreaterThan(3);
    expect(networks.filter(includesNetwork(findDesignSpace('AnyNetX-D')))).toEqual(drawn);
  });

  test.each([
    [{ parameters: { b: { value: 1 } } }, (p: Record<string, number>) => p.b === 1],
    [{ parameters: { depth: { low: 20 } } }, (p: Record<string, number>) => p.depth! >= 20],
    [{ constraints: ['w_m >= 2', 'depth < 30'] }, (p: Record<string, number>) => p.w_m! >= 2 && p.depth! < 30],
    [{ parameters: { w_a: { equals: 'w_0' } } }, (p: Record<string, number>) => p.w_a === p.w_0],
    [
      { parameters: { w_0: { quantum: 16, low: 16, high: 240 } } },
      (p: Record<string, number>) => p.w_0! % 16 === 0 && p.w_0! <= 240,
    ],
  ])('of a rule: %j', async (change, holds) => {
    const networks = await networksOf(findDesignSpace('RegNetX'));
    const space = defineDesignSpace({ name: 'narrow', extends: 'RegNetX', ...change });
    expect(networks.filter(includesNetwork(space))).toEqual(networks.filter(({ parameters }) => holds(parameters)));
  });

  test('holds of no network of another block, another number of stages, or another kind', async () => {
    const networks = await networksOf(findDesignSpace('AnyNetX-E'), 20);
    for (const change of [{ block: 'r' }, { stages: 5 }]) {
      expect(networks.some(includesNetwork(defineDesignSpace({ name: 'o', extends: 'AnyNetX-E', ...change })))).toBe(
        false,
      );
    }
    expect(networks.some(includesNetwork(findDesignSpace('RegNetX')))).toBe(false);
    expect((await networksOf(findDesignSpace('RegNetX'), 20)).some(includesNetwork(findDesignSpace('AnyNetX-E')))).toBe(
      false,
    );
  });
});

describe('samplePopulation({ fewer: true })', () => {
  const small = defineDesignSpace({
    ...{ name: 'small', kind: 'anynet', block: 'x', stages: 1 },
    parameters: {
      d: { distribution: 'uniform', low: 1, high: 3, quantum: 1 },
      w: { distribution: 'uniform', low: 8, high: 32, quantum: 8 },
      b: { value: 1 },
      g: { value: 8 },
    },
  });

  test('gives all networks of a space that has fewer', async () => {
    const request = { space: small, regime: {}, count: 50, seed: 1, setting };
    await expect(samplePopulation(request)).rejects.toThrow(
      'small has 12 networks in this regime, but 50 are asked for',
    );
    const { networks } = await samplePopulation({ ...request, fewer: true });
    expect(new Set(networks.map(({ id }) => id)).size).toBe(12);
  });

  test('gives those it finds where others are too rare, and the same ones as without', async () => {
    const space = findDesignSpace('AnyNetX-A');
    const request = { space, regime: { flops: { low: 0.8e6, high: 1.2e6 } }, count: 30, seed: 2, setting };
    const all = (await samplePopulation(request)).networks;
    const found = (await samplePopulation({ ...request, fewer: true, candidates: 60 })).networks;
    expect(found.length).toBeLessThan(30);
    expect(found).toEqual(all.slice(0, found.length));
  });
});

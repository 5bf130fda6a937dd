import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { type Candidate, candidateSampler, parametersOf } from './candidate.js';
import {
  defineDesignSpace,
  type DesignSpace,
  type DesignSpaceDefinition,
  findDesignSpace,
  shippedDistributions,
} from './index.js';

const drawMany = (space: DesignSpace, count: number, seed = 1): Candidate[] => {
  const sampler = candidateSampler(space, shippedDistributions);
  const random = openRandom(seed, space.name);
  return Array.from({ length: count }, () => sampler(random)).filter((candidate) => candidate !== undefined);
};

const isOrdered = (values: readonly number[]): boolean =>
  values.every((value, place) => place === 0 || value >= values[place - 1]!);

describe('candidates of the AnyNetX ladder', () => {
  test.each(['AnyNetX-A', 'AnyNetX-B', 'AnyNetX-C', 'AnyNetX-D', 'AnyNetX-E'])(
    '%s keeps to the ranges, sharing and order of the paper',
    (name) => {
      const space = findDesignSpace(name);
      for (const { stages } of drawMany(space, 500)) {
        expect(stages.d.every((depth) => depth >= 1 && depth <= 16)).toBe(true);
        expect(stages.w.every((width) => width >= 8 && width <= 1024 && width % 8 === 0)).toBe(true);
        expect(stages.b.every((ratio) => [1, 2, 4].includes(ratio))).toBe(true);
        expect(stages.g.every((group) => [1, 2, 4, 8, 16, 32].includes(group))).toBe(true);
        for (const list of Object.values(stages)) expect(list).toHaveLength(4);
        if (name !== 'AnyNetX-A') expect(new Set(stages.b).size).toBe(1);
        if (!['AnyNetX-A', 'AnyNetX-B'].includes(name)) expect(new Set(stages.g).size).toBe(1);
        if (['AnyNetX-D', 'AnyNetX-E'].includes(name)) expect(isOrdered(stages.w)).toBe(true);
        if (name === 'AnyNetX-E') expect(isOrdered(stages.d)).toBe(true);
      }
    },
  );

  test('the spaces differ: A breaks the order of D and the sharing of C', () => {
    const candidates = drawMany(findDesignSpace('AnyNetX-A'), 100);
    expect(candidates.some(({ stages }) => !isOrdered(stages.w))).toBe(true);
    expect(candidates.some(({ stages }) => new Set(stages.g).size > 1)).toBe(true);
  });

  test('ordered lists have the distribution of independent ones that happen to be in order', () => {
    const definition: DesignSpaceDefinition = {
      name: 'a',
      extends: 'AnyNetX-C',
      stages: 3,
      parameters: { d: { high: 3 } },
    };
    const counts = (candidates: Candidate[]): Map<string, number> => {
      const result = new Map<string, number>();
      for (const { stages } of candidates) result.set(stages.d.join(), (result.get(stages.d.join()) ?? 0) + 1);
      return result;
    };
    const ordered = counts(drawMany(defineDesignSpace({ ...definition, nondecreasing: ['d'] }), 10_000));
    const filtered = drawMany(defineDesignSpace(definition), 40_000, 2).filter(({ stages }) => isOrdered(stages.d));
    const expected = counts(filtered);
    expect([...ordered.keys()].sort()).toEqual([...expected.keys()].sort());
    // Chi-squared of two samples, 9 degrees of freedom: above 33.7 once in 10,000.
    let chiSquared = 0;
    const ratio = Math.sqrt(filtered.length / 10_000);
    for (const [key, count] of ordered) {
      const other = expected.get(key)!;
      chiSquared += (count * ratio - other / ratio) ** 2 / (count + other);
    }
    expect(chiSquared).toBeLessThan(33.7);
  });
});

describe('candidates of the RegNets', () => {
  test('keep to the ranges of the paper, have four stages and follow the rule', () => {
    for (const { stages, rule } of drawMany(findDesignSpace('RegNetX'), 3000)) {
      const { depth, w_0, w_a, w_m } = rule as Record<'depth' | 'w_0' | 'w_a' | 'w_m', number>;
      expect(depth).toBeLessThan(64);
      expect(w_0).toBeLessThan(256);
      expect(w_a).toBeLessThan(256);
      expect(w_m).toBeGreaterThanOrEqual(1.5);
      expect(w_m).toBeLessThanOrEqual(3);
      expect(stages.w).toHaveLength(4);
      expect(stages.w[0]).toBe(w_0);
      expect(stages.d.reduce((sum, blocks) => sum + blocks, 0)).toBe(depth);
      // Equation 4: the last width is w_0 w_m^3 to the nearest multiple of 8.
      expect(Math.abs(stages.w[3]! - w_0 * w_m ** 3)).toBeLessThanOrEqual(4);
    }
  });

  test('keep to a fixed w_m and to w_0 = w_a, the refinements of figure 9', () => {
    const parameters = { w_m: { value: 2 }, w_a: { equals: 'w_0' } };
    const candidates = drawMany(defineDesignSpace({ name: 'tied', extends: 'RegNetX', parameters }), 2000);
    expect(candidates.length).toBeGreaterThan(10);
    for (const { rule, stages } of candidates) {
      expect(rule.w_m).toBe(2);
      expect(rule.w_a).toBe(rule.w_0);
      expect(stages.w).toEqual([1, 2, 4, 8].map((factor) => factor * rule.w_0!));
    }
  });

  test('have the number of stages that the space asks for', () => {
    const space = defineDesignSpace({ name: 'a', extends: 'RegNetX', stages: [2, 3] });
    const counts = new Set(drawMany(space, 2000).map(({ stages }) => stages.w.length));
    expect([...counts].sort()).toEqual([2, 3]);
  });
});

describe('parametersOf', () => {
  test('names the parameters as the space shares them', () => {
    const namesOf = (name: string): string[] => {
      const space = findDesignSpace(name);
      return Object.keys(parametersOf(space, drawMany(space, 500)[0]!));
    };
    const list = (letter: string): string[] => [1, 2, 3, 4].map((stage) => `${letter}[${stage}]`);
    expect(namesOf('AnyNetX-A')).toEqual(['d', 'w', 'b', 'g'].flatMap(list));
    expect(namesOf('AnyNetX-B')).toEqual([...list('d'), ...list('w'), 'b', ...list('g')]);
    expect(namesOf('AnyNetX-E')).toEqual([...list('d'), ...list('w'), 'b', 'g']);
    expect(namesOf('RegNetX')).toEqual(['depth', 'w_0', 'w_a', 'w_m', 'b', 'g']);
  });

  test('has the number of stages where it is drawn', () => {
    const space = defineDesignSpace({ name: 'a', extends: 'AnyNetX-C', stages: [2, 5] });
    const counts = drawMany(space, 200).map((candidate) => {
      const parameters = parametersOf(space, candidate);
      expect(Object.keys(parameters).filter((name) => name.startsWith('w['))).toHaveLength(parameters.stages!);
      return parameters.stages;
    });
    expect([...new Set(counts)].sort()).toEqual([2, 3, 4, 5]);
  });

  test('a parameter equal to another of each stage has its values', () => {
    const space = defineDesignSpace({ name: 'a', extends: 'AnyNetX-A', parameters: { g: { equals: 'w' } } });
    for (const { stages } of drawMany(space, 20)) expect(stages.g).toEqual(stages.w);
  });
});

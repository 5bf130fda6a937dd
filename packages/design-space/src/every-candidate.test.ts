import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { everyCandidate } from './every-candidate.js';
import { defineDesignSpace, type DesignSpaceDefinition, shippedDistributions, sizeOf } from './index.js';

describe('everyCandidate(space, distributions)', () => {
  test('of an AnyNet gives every setting once: as many as sizeOf counts', () => {
    const spaces = fc.record({
      stages: fc.constantFrom<number | [number, number]>(1, 2, 3, [1, 3]),
      shared: fc.subarray(['d', 'b', 'g']),
      ordered: fc.subarray(['d', 'w']),
      tied: fc.boolean(),
    });
    fc.assert(
      fc.property(spaces, ({ stages, shared, ordered, tied }) => {
        const definition: DesignSpaceDefinition = {
          ...{ name: 'small', kind: 'anynet', block: 'x', stages, shared },
          nondecreasing: ordered.filter((name) => !shared.includes(name)),
          parameters: {
            d: { distribution: 'normal', low: 1, high: 2, quantum: 1 },
            w: { distribution: 'log_normal', low: 8, high: 24, quantum: 8 },
            b: shared.includes('b') ? { value: 1 } : { distribution: 'power2_uniform', low: 1, high: 2, quantum: 1 },
            g: tied && !shared.includes('g') ? { equals: 'w' } : { value: 8 },
          },
        };
        const space = defineDesignSpace(definition);
        const candidates = [...everyCandidate(space, shippedDistributions)!].map((candidate) =>
          JSON.stringify(candidate),
        );
        expect(BigInt(candidates.length)).toBe(sizeOf(space).combinations);
        expect(new Set(candidates).size).toBe(candidates.length);
      }),
    );
  });

  test('of a RegNet has a gap for every setting that makes another number of stages', () => {
    const space = defineDesignSpace({
      name: 'small',
      extends: 'RegNetX',
      parameters: {
        depth: { low: 12, high: 14 },
        w_0: { high: 32 },
        w_a: { value: 30 },
        w_m: { value: 2.5 },
        b: { value: 1 },
        g: { value: 8 },
      },
    });
    const candidates = [...everyCandidate(space, shippedDistributions)!];
    expect(candidates).toHaveLength(3 * 4);
    const made = candidates.filter((candidate) => candidate !== undefined);
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThan(12);
    for (const { stages } of made) expect(stages.w).toHaveLength(4);
  });

  test('is undefined where a value is too rare to be seen', () => {
    const nearlyConstant = {
      valueCount: () => 2,
      sampler:
        ({ low }: { low: number }) =>
        () =>
          low,
    };
    const distributions = { ...shippedDistributions, nearlyConstant };
    const definition: DesignSpaceDefinition = {
      name: 'a',
      extends: 'AnyNetX-A',
      parameters: { d: { distribution: 'nearlyConstant' } },
    };
    expect(everyCandidate(defineDesignSpace(definition, { distributions }), distributions)).toBeUndefined();
  });
});

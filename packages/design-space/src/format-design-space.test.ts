import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '@netspace/config-file';
import fc from 'fast-check';
import {
  defineDesignSpace,
  designSpaceNames,
  designSpaceSchema,
  type DesignSpace,
  findDesignSpace,
  formatDesignSpace,
} from './index.js';

const readBack = (space: DesignSpace): DesignSpace =>
  parseConfig(formatDesignSpace(space), 'space.yaml', designSpaceSchema());

describe('formatDesignSpace(space)', () => {
  test.each(designSpaceNames)('of %s reads back to it', (name) => {
    expect(readBack(findDesignSpace(name))).toEqual(findDesignSpace(name));
  });

  test('is what one would write', () => {
    expect(formatDesignSpace(findDesignSpace('RegNetX-constrained'))).toBe(`name: RegNetX-constrained
description: "The refinements of section 4: b = 1, 12 to 28 blocks, w_m of at least 2, few params and acts."
kind: regnet
block: x
stages: 4
parameters:
  depth: { distribution: uniform, low: 12, high: 28, quantum: 1 }
  w_0: { distribution: log_uniform, low: 8, high: 248, quantum: 8 }
  w_a: { distribution: log_uniform, low: 8, high: 255.9, quantum: 0.1 }
  w_m: { distribution: log_uniform, low: 2, high: 3, quantum: 0.001 }
  b: { value: 1 }
  g: { distribution: power2_uniform, low: 1, high: 32, quantum: 1 }
constraints:
  - "params < 3e6 + 5.5e-3 * flops"
  - "acts < 6.5e6 * sqrt(flops / 1e9)"
`);
  });

  test('of any space reads back to it', () => {
    const texts = fc.oneof(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc
        .constantFrom('yes', 'no', 'null', 'y', '~', '1', '1e3', '0x10', '- a', 'a: b', 'a #b', '', ' ')
        .filter(Boolean),
    );
    const stages = fc.integer({ min: 1, max: 6 });
    const spaces = fc.record({
      name: texts,
      description: texts,
      block: texts,
      squeezeExcitationRatio: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
      stages,
      strides: fc.option(fc.array(fc.constantFrom<1 | 2>(1, 2), { minLength: 6, maxLength: 6 }), { nil: undefined }),
      width: fc.integer({ min: 1, max: 1e6 }),
      ratio: fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
      constraint: fc.constantFrom('w[1] > 8', 'not (d[1] == 2) or flops < 1e9', 'acts < 6.5e6 * sqrt(flops / 1e9)'),
      nondecreasing: fc.subarray(['d', 'w']),
      shared: fc.subarray(['b', 'g']),
    });
    fc.assert(
      fc.property(spaces, ({ width, ratio, constraint, strides, stages: count, ...rest }) => {
        const space = defineDesignSpace({
          ...rest,
          extends: 'AnyNetX-A',
          stages: [1, count],
          strides: strides?.slice(0, count) ?? 1,
          parameters: {
            w: { distribution: 'uniform', low: 1, high: width, quantum: 1 },
            b: { value: ratio },
          },
          constraints: [constraint],
        });
        expect(readBack(space)).toEqual(space);
      }),
      { numRuns: 300 },
    );
  });
});

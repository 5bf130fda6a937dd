import { expect, test } from '@jest/globals';
import type { StageConfig } from '@netspace/contracts';
import fc from 'fast-check';
import { readFixture } from './fixtures/read-fixture.js';
import { compatibleStages } from './index.js';

type Widths = Pick<StageConfig, 'width' | 'bottleneckRatio' | 'groupWidth'>;

interface Row {
  readonly stages: readonly Widths[];
  readonly compatible: readonly Widths[];
}

const withDepth = (stage: Widths): StageConfig => ({ depth: 3, stride: 2, ...stage });

test.each(readFixture<Row>('block-compatibility.json').map((row, index) => ({ index, row })))(
  "compatibleStages equals pycls' adjust_block_compatibility in row $index",
  ({ row: { stages, compatible } }) => {
    expect(compatibleStages(stages.map(withDepth))).toEqual(compatible.map(withDepth));
  },
);

const arbitraryStage = fc.record({
  depth: fc.constant(1),
  stride: fc.constant(2),
  width: fc.integer({ min: 1, max: 2048 }),
  bottleneckRatio: fc.constantFrom(1 / 4, 1 / 3, 1 / 2, 1, 2, 3, 4),
  groupWidth: fc.integer({ min: 1, max: 128 }),
});

test('compatibleStages makes the bottleneck a whole number of groups, and changes nothing a second time', () => {
  fc.assert(
    fc.property(arbitraryStage, (stage) => {
      const [compatible] = compatibleStages([stage]);
      const bottleneck = compatible!.width / compatible!.bottleneckRatio;
      expect(Math.abs(bottleneck - Math.round(bottleneck))).toBeLessThan(1e-9);
      expect(Math.round(bottleneck) % compatible!.groupWidth).toBe(0);
      expect(compatible!.groupWidth).toBeLessThanOrEqual(stage.groupWidth);
      expect(compatibleStages([compatible!])).toEqual([compatible]);
    }),
  );
});

// 24 / 16 = 1.5 groups become 2, 40 / 16 = 2.5 become 2: halves go to the even number, as in Python.
test.each([
  [24, 32],
  [40, 32],
  [56, 64],
])('compatibleStages makes width %d, group width 16 to width %d', (width, expected) => {
  const stage = { depth: 1, width, stride: 2, bottleneckRatio: 1, groupWidth: 16 };
  expect(compatibleStages([stage])).toEqual([{ ...stage, width: expected }]);
});

test.each([
  [0.3, 'stages[0].bottleneckRatio: got 0.3 (valid: at least 1, or 1 / n with n a whole number)'],
  [1.1, 'stages[0].bottleneckRatio: got 1.1, for which no width near 9 has a bottleneck of whole groups'],
])('compatibleStages with b = %d throws "%s"', (bottleneckRatio, message) => {
  expect(() => compatibleStages([{ depth: 1, width: 9, stride: 2, bottleneckRatio, groupWidth: 4 }])).toThrow(message);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import reference from './fixtures/regnet-widths.json' with { type: 'json' };
import { blockWidths, expand } from './index.js';

describe('expand and blockWidths', () => {
  test.each(reference.rows)('equal pycls for w_0 $w_0, w_a $w_a, w_m $w_m, d $d', (row) => {
    const rule = { initialWidth: row.w_0, slope: row.w_a, widthMultiplier: row.w_m, depth: row.d };
    const { widths, depths, totalStages } = expand(rule, row.q);
    expect({ widths, depths, totalStages }).toEqual({
      widths: row.widths,
      depths: row.depths,
      totalStages: row.total_stages,
    });
    expect(blockWidths(rule, row.q)).toEqual(row.block_widths);
  });

  // RegNetX configurations published with pycls (model zoo): w_0, w_a, w_m, d; widths before the group width's rounding.
  test('RegNetX-200MF has widths 24, 56, 152, 368', () => {
    const { widths, depths } = expand({ initialWidth: 24, slope: 36.44, widthMultiplier: 2.49, depth: 13 });
    expect(widths).toEqual([24, 56, 152, 368]);
    expect(depths).toEqual([1, 1, 4, 7]);
  });

  test('halves of a quantum are rounded to even: 24 x 1.5 = 36 = 4.5 x 8 becomes 32', () => {
    expect(blockWidths({ initialWidth: 24, slope: 12, widthMultiplier: 1.5, depth: 2 })).toEqual([24, 32]);
  });

  const rules = fc.record({
    initialWidth: fc.integer({ min: 1, max: 64 }).map((units) => 8 * units),
    slope: fc.double({ min: 0, max: 256, noNaN: true }),
    widthMultiplier: fc.double({ min: 1.01, max: 4, noNaN: true }),
    depth: fc.integer({ min: 1, max: 64 }),
  });

  test('the widths never decrease, are multiples of 8 and start at w_0; the depths sum to d', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const { widths, depths, totalStages } = expand(rule);
        expect(widths[0]).toBe(rule.initialWidth);
        expect(widths.every((width) => width % 8 === 0)).toBe(true);
        expect([...widths].sort((a, b) => a - b)).toEqual(widths);
        expect(depths.reduce((sum, depth) => sum + depth, 0)).toBe(rule.depth);
        expect(totalStages).toBeGreaterThanOrEqual(widths.length);
      }),
    );
  });

  test('every width is within half a step of w_m, and half a quantum, of the linear width', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        blockWidths(rule).forEach((width, block) => {
          const linear = rule.initialWidth + rule.slope * block;
          const halfStep = Math.sqrt(rule.widthMultiplier) * (1 + 1e-9);
          expect(width).toBeGreaterThanOrEqual(linear / halfStep - 4);
          expect(width).toBeLessThanOrEqual(linear * halfStep + 4);
        });
      }),
    );
  });

  test.each([
    [{ initialWidth: 0 }, 'initialWidth: got 0 (valid: a number above 0)'],
    [{ initialWidth: 20 }, 'initialWidth: got 20 (valid: a multiple of the quantum 8)'],
    [{ slope: -1 }, 'slope: got -1 (valid: a number of at least 0)'],
    [{ slope: NaN }, 'slope: got NaN (valid: a number of at least 0)'],
    [{ widthMultiplier: 1 }, 'widthMultiplier: got 1 (valid: a number above 1)'],
    [{ depth: 2.5 }, 'depth: got 2.5 (valid: an integer of at least 1)'],
  ])('refuse %j', (change, message) => {
    const rule = { initialWidth: 24, slope: 24, widthMultiplier: 2, depth: 8, ...change };
    expect(() => expand(rule)).toThrow(message);
    expect(() => blockWidths(rule)).toThrow(message);
  });

  test('refuse a quantum that is not above 0', () => {
    const rule = { initialWidth: 24, slope: 24, widthMultiplier: 2, depth: 8 };
    expect(() => expand(rule, 0)).toThrow('quantum: got 0 (valid: a number above 0)');
  });
});

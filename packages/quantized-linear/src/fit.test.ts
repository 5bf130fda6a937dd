import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import reference from './fixtures/quantized-linear-fits.json' with { type: 'json' };
import { expand, fit, fitDomain, fitError, type StageWidths } from './index.js';

const networks = fc
  .array(fc.record({ width: fc.integer({ min: 1, max: 128 }), depth: fc.integer({ min: 1, max: 8 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((stages) => ({ widths: stages.map(({ width }) => 8 * width), depths: stages.map(({ depth }) => depth) }));

const rulesOfDomain = fc.record({
  initialWidth: fc.integer({ min: 1, max: 64 }).map((units) => 8 * units),
  slope: fc.double({ min: 0, max: 256, noNaN: true }),
  widthMultiplier: fc.double({ min: 1.5, max: 3, noNaN: true }),
  depth: fc.integer({ min: 1, max: 40 }),
});

const few = { numRuns: 25 };

describe('fit', () => {
  test.each(reference.rows)('$space $widths: at most the e_fit of a brute-force grid, $e_fit', (row) => {
    expect(fit(row).fitError).toBeLessThanOrEqual(row.e_fit + 1e-9);
  });

  test('on small networks is at most the best of a grid over w_m with every w_a that can differ', () => {
    const small = fc
      .array(fc.record({ width: fc.integer({ min: 1, max: 300 }), depth: fc.integer({ min: 1, max: 2 }) }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((stages) => ({ widths: stages.map(({ width }) => width), depths: stages.map(({ depth }) => depth) }));
    fc.assert(
      fc.property(small, (stages) => {
        expect(fit(stages).fitError).toBeLessThanOrEqual(bestOfGrid(stages) + 1e-9);
      }),
      { numRuns: 4 },
    );
  });

  test('no rule of the domain is better', () => {
    fc.assert(
      fc.property(networks, fc.array(rulesOfDomain, { minLength: 50, maxLength: 50 }), (stages, rules) => {
        const { fitError: best, depth } = fit(stages);
        for (const rule of rules) expect(best).toBeLessThanOrEqual(fitError({ ...rule, depth }, stages) + 1e-9);
      }),
      few,
    );
  });

  test('its e_fit is the one of its rule, which lies in the domain and has the depth of the network', () => {
    fc.assert(
      fc.property(networks, (stages) => {
        const { fitError: error, ...rule } = fit(stages);
        expect(error).toBe(fitError(rule, stages));
        expect(rule.depth).toBe(stages.depths.reduce((sum, depth) => sum + depth, 0));
        expect(rule.initialWidth % fitDomain.initialWidth.quantum).toBe(0);
        for (const name of ['initialWidth', 'slope', 'widthMultiplier'] as const) {
          expect(rule[name]).toBeGreaterThanOrEqual(fitDomain[name].low);
          expect(rule[name]).toBeLessThanOrEqual(fitDomain[name].high);
        }
      }),
      few,
    );
  });

  test('recovers a network made by a rule without rounding: e_fit is about 0', () => {
    fc.assert(
      fc.property(rulesOfDomain, (rule) => {
        expect(fit(unrounded(rule)).fitError).toBeLessThan(1e-9);
      }),
      few,
    );
  });

  test('is as close to a network made by a rule with rounding as that rule is', () => {
    fc.assert(
      fc.property(rulesOfDomain, (rule) => {
        const stages = expand(rule);
        expect(fit(stages).fitError).toBeLessThanOrEqual(fitError(rule, stages) + 1e-9);
      }),
      few,
    );
  });

  test('of one width has the error of the closest initial width where that is out of reach', () => {
    // 4 channels: the smallest rule is w_0 = 8, so every block is off by ln 2.
    expect(fit({ widths: [4], depths: [3] }).fitError).toBeCloseTo(Math.log(2), 12);
  });

  test.each<[StageWidths, string]>([
    [{ widths: [], depths: [] }, 'widths: got [] (valid: at least one stage)'],
    [{ widths: [8, 16], depths: [1] }, 'depths: got 1 of them (valid: one for each of 2 widths)'],
    [{ widths: [8, 0], depths: [1, 1] }, 'widths[1]: got 0 (valid: a number above 0)'],
    [{ widths: [8, Infinity], depths: [1, 1] }, 'widths[1]: got Infinity (valid: a number above 0)'],
    [{ widths: [8, 16], depths: [1, 0.5] }, 'depths[1]: got 0.5 (valid: an integer of at least 1)'],
  ])('refuses %j', (stages, message) => {
    expect(() => fit(stages)).toThrow(message);
  });
});

describe('fitError', () => {
  test('is the mean of the logarithms of the ratios', () => {
    // Predicted 32, 64, 64 (s = 0, 1, log2(3) = 1.58 rounded to 2: 128); observed 32, 32, 64.
    const rule = { initialWidth: 32, slope: 32, widthMultiplier: 2, depth: 3 };
    expect(fitError(rule, { widths: [32, 64], depths: [2, 1] })).toBeCloseTo((2 * Math.log(2)) / 3, 12);
  });

  test('refuses another depth', () => {
    const rule = { initialWidth: 32, slope: 32, widthMultiplier: 2, depth: 4 };
    expect(() => fitError(rule, { widths: [32, 64], depths: [2, 1] })).toThrow(
      "depth: got 4 (valid: 3, the network's number of blocks)",
    );
  });
});

/** The smallest e_fit for 31 values of w_m and, for each, one w_a between every two at which an exponent flips. */
function bestOfGrid(stages: StageWidths): number {
  const depth = stages.depths.reduce((sum, blocks) => sum + blocks, 0);
  let best = Infinity;
  for (let initialWidth = 8; initialWidth <= 512; initialWidth += 8) {
    for (let widthMultiplier = 1.5; widthMultiplier <= 3; widthMultiplier += 0.05) {
      for (const slope of slopesToTry(initialWidth, widthMultiplier, depth)) {
        best = Math.min(best, fitError({ initialWidth, slope, widthMultiplier, depth }, stages));
      }
    }
  }
  return best;
}

function slopesToTry(initialWidth: number, widthMultiplier: number, depth: number): number[] {
  const flips = [0, 256];
  for (let block = 1; block < depth; block++) {
    for (let power = 0; power < 20; power++) {
      flips.push((initialWidth * (widthMultiplier ** (power + 0.5) - 1)) / block);
    }
  }
  const sorted = flips.filter((slope) => slope <= 256).sort((a, b) => a - b);
  return sorted.slice(1).map((slope, place) => (slope + sorted[place]!) / 2);
}

/** The stages of a rule, each w_0 w_m^k channels wide. */
function unrounded(rule: { initialWidth: number; slope: number; widthMultiplier: number; depth: number }): StageWidths {
  const blocks = Array.from({ length: rule.depth }, (_, block) => {
    const linear = rule.initialWidth + rule.slope * block;
    const power = Math.round(Math.log(linear / rule.initialWidth) / Math.log(rule.widthMultiplier));
    return rule.initialWidth * rule.widthMultiplier ** power;
  });
  return { widths: blocks, depths: blocks.map(() => 1) };
}

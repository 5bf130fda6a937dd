import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import fc from 'fast-check';
import { analyseStudy } from './index.js';
import type { ComparedNetwork } from './compared-arm.js';
import { pairsOf } from './match-arms.js';
import { type MadeArm, madeArm, madeStudy } from './testing.js';
import type { ArmComparison } from '@netspace/contracts';

interface Made {
  readonly flops: number;
  readonly error: number;
}

const compared = (first: readonly Made[], other: readonly Made[]): ArmComparison =>
  analyseStudy({ ...madeStudy([madeArm('A', first), madeArm('B', other)]), matched: true }).comparisons[0]!;

const networksOf = (flops: readonly number[]): ComparedNetwork[] =>
  flops.map((value, index) => ({ index, complexity: { flops: value }, error: 1 }));

/** The most pairs that can be, by trying all. */
function mostPairs(first: readonly number[], other: readonly number[]): number {
  const [a, ...rest] = first;
  if (a === undefined) return 0;
  const alike = other.filter((b) => Math.abs(a - b) <= 0.01 * Math.max(a, b));
  return Math.max(
    mostPairs(rest, other),
    ...alike.map((b) => 1 + mostPairs(rest, other.toSpliced(other.indexOf(b), 1))),
  );
}

describe('pairs of networks of two arms', () => {
  test('are as many as can be, of flops within 1 %, each network in one', () => {
    const flops = fc.array(fc.integer({ min: 1000, max: 1060 }), { maxLength: 5 });
    fc.assert(
      fc.property(flops, flops, (first, other) => {
        const pairs = pairsOf(networksOf(first), networksOf(other)).map(([a, b]) => [
          a.complexity.flops!,
          b.complexity.flops!,
        ]);
        for (const [a, b] of pairs) expect(Math.abs(a! - b!)).toBeLessThanOrEqual(0.01 * Math.max(a!, b!));
        expect(pairs).toHaveLength(mostPairs(first, other));
      }),
      { numRuns: 25 },
    );
  });

  test('are compared by their differences', () => {
    const { matched } = compared(
      [1e6, 2e6, 3e6].map((flops) => ({ flops, error: 60 - flops / 1e5 })),
      [3.01e6, 1.005e6, 2e6, 9e6].map((flops) => ({
        flops,
        error: 58 - Math.round(flops / 1e6) * 10 + (flops > 3e6 ? 1 : 0),
      })),
    );
    // Errors 50, 40, 30 and 48, 38, 29 (30.9 is rounded to 3): differences 2, 2, 1.
    expect(matched).toMatchObject({
      pairs: 3,
      difference: { difference: expect.closeTo(5 / 3, 12) },
      signP: expect.closeTo(0.25, 12),
    });
  });

  test('need as many times fewer networks as the variance of differences is smaller', () => {
    const random = openRandom(8, 'matched');
    const networks = (shift: number): Made[] =>
      Array.from({ length: 400 }, () => {
        const flops = 1e6 * (1 + random.uniform());
        return { flops, error: shift - flops / 1e5 + random.normal() };
      });
    const { matched } = compared(networks(60), networks(59));
    // The error follows flops with variance (10 / sqrt(12))^2 = 8.33; pairs are left with the noise: (8.33 + 1) / 1.
    expect(matched!.pairs).toBeGreaterThan(300);
    expect(matched!.efficiency!).toBeGreaterThan(7);
    expect(matched!.efficiency!).toBeLessThan(12);
    const { low, high } = matched!.difference.interval!;
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
    expect(high - low).toBeLessThan(0.45);
  });

  test('of the same name are pairs, whatever their flops, and their sign tests are adjusted together', () => {
    const arm = (name: string, errors: readonly number[], pairs: readonly string[]): MadeArm => {
      const made = madeArm(
        name,
        errors.map((error, index) => ({ error, flops: 1e6 * (1 + index) })),
      );
      const networks = made.population.networks.map((network, index) => ({ ...network, pair: pairs[index]! }));
      return { ...made, population: { ...made.population, networks } };
    };
    const first = arm('A', [50, 40, 30, 20], ['p', 'q', 'r', 's']);
    const other = arm('B', [39, 52, 18, 29, 1], ['q', 'p', 's', 'r', 'alone']);
    const { comparisons } = analyseStudy({ ...madeStudy([first, other]), matched: true });
    // Differences 50 - 52, 40 - 39, 30 - 29, 20 - 18.
    expect(comparisons[0]!.matched).toMatchObject({
      ...{ alikeIn: 'pair', pairs: 4, improved: { share: 0.75 } },
      difference: { difference: expect.closeTo(0.5, 12) },
      ...{ signP: expect.closeTo(0.625, 12), adjustedSignP: expect.closeTo(0.625, 12) },
    });
    const third = arm('C', [49, 39, 29, 19], ['p', 'q', 'r', 's']);
    const both = analyseStudy({ ...madeStudy([first, other, third]), compare: 'all', matched: true });
    // p 0.625 (A, B), 0.125 (A, C) and 0.625 (B, C): Holm makes them 1, 0.375 and 1.
    expect(both.comparisons.map(({ matched }) => matched!.adjustedSignP)).toEqual([1, expect.closeTo(0.375, 12), 1]);
  });

  test('are equivalent where the mean of their differences is surely less than a point', () => {
    const networks = (errors: readonly number[]): Made[] =>
      errors.map((error, index) => ({ error, flops: 1e6 * (1 + index) }));
    const before = networks([50, 40, 30, 20, 10]);
    const same = compared(before, networks([50.2, 39.9, 30.1, 19.8, 10]));
    // SciPy: the larger of ttest_1samp(d, -1, alternative='greater') and ttest_1samp(d, 1, alternative='less').
    expect(same.matched!.equivalence).toEqual({
      margin: 1,
      p: expect.closeTo(7.256408530660105e-5, 12),
      adjustedP: expect.closeTo(7.256408530660105e-5, 12),
    });
    // A KS test finds nothing here either, but so few pairs do not say that they are the same.
    const unclear = compared(before, networks([52, 39, 33, 17, 10]));
    expect(unclear.p).toBeGreaterThan(0.5);
    expect(unclear.matched!.equivalence.p).toBeCloseTo(0.2476771544455162, 12);
  });

  test('are not compared where the study does not say so, or there are fewer than two', () => {
    expect(compared([{ flops: 1e6, error: 1 }], [{ flops: 1e6, error: 2 }]).matched).toBeNull();
    const study = madeStudy([madeArm('A', [{ error: 1 }, { error: 2 }]), madeArm('B', [{ error: 1 }, { error: 2 }])]);
    expect(analyseStudy(study).comparisons[0]!.matched).toBeNull();
  });
});

describe('arms weighted to the same complexity', () => {
  test('do not differ where only one of them spends more', () => {
    // Error follows flops alone; A has mostly cheap networks, B mostly dear ones.
    const networks = (cheap: number, dear: number): Made[] => [
      ...Array.from({ length: cheap }, () => ({ flops: 1e6, error: 50 })),
      ...Array.from({ length: dear }, () => ({ flops: 2e6, error: 40 })),
    ];
    const { weighted, test: unweighted } = compared(networks(30, 10), networks(10, 30));
    expect(unweighted.statistic).toBe(0.5);
    const [byFlops] = weighted;
    const close = (value: number): unknown => expect.closeTo(value, 9);
    expect(byFlops).toMatchObject({
      ...{ measure: 'flops', distance: close(0), first: { mean: close(45) }, other: { mean: close(45) } },
    });
    // Weights 1 / 30 and 1 / 10: (1 + 1)^2 / (1 / 30 + 1 / 10) = 30.
    expect(byFlops!.first.effectiveNetworks).toBeCloseTo(30, 9);
  });

  test('leave out networks where the other has none, and a measure in which they do not overlap', () => {
    const first = [1e6, 1.5e6, 2e6].map((flops, index) => ({ flops, error: 50 - index }));
    const other = [1.5e6, 2e6, 4e6].map((flops, index) => ({ flops, error: 45 - index }));
    const [byFlops] = compared(first, other).weighted;
    expect(byFlops).toMatchObject({ first: { mean: 48.5 }, other: { mean: 44.5 }, distance: 1 });
    const apart = compared(first, [
      { flops: 9e6, error: 1 },
      { flops: 8e6, error: 1 },
    ]);
    expect(apart.weighted.map(({ measure }) => measure)).not.toContain('flops');
  });
});

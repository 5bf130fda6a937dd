import { describe, expect, test } from '@jest/globals';
import { defineDesignSpace, degreesOfFreedom, type DesignSpaceDefinition, findDesignSpace, sizeOf } from './index.js';

const small: DesignSpaceDefinition = {
  name: 'small',
  kind: 'anynet',
  block: 'x',
  stages: 3,
  parameters: {
    d: { distribution: 'uniform', low: 1, high: 3, quantum: 1 },
    w: { distribution: 'uniform', low: 8, high: 40, quantum: 8 },
    b: { distribution: 'power2_uniform', low: 1, high: 2, quantum: 1 },
    g: { value: 8 },
  },
  shared: ['b'],
};

describe('degreesOfFreedom', () => {
  // Paper, figure 10.
  test.each([
    ['AnyNetX-A', 16],
    ['AnyNetX-B', 13],
    ['AnyNetX-C', 10],
    ['AnyNetX-D', 10],
    ['AnyNetX-E', 10],
    ['RegNetX', 6],
  ])('of %s is %d', (name, expected) => {
    expect(degreesOfFreedom(findDesignSpace(name))).toBe(expected);
  });

  test('leaves out what is fixed or equal to another', () => {
    const parameters = { w_m: { value: 2 }, w_a: { equals: 'w_0' } };
    expect(degreesOfFreedom(defineDesignSpace({ name: 'a', extends: 'RegNetX', parameters }))).toBe(4);
    expect(degreesOfFreedom(findDesignSpace('RegNetX-constrained'))).toBe(5);
  });

  test('counts the number of stages where it is drawn', () => {
    expect(degreesOfFreedom(defineDesignSpace({ ...small, stages: [2, 3] }))).toBe(1 + 3 + 3 + 1);
  });
});

describe('sizeOf', () => {
  // Paper, figure 10, to its two digits.
  test.each([
    ['AnyNetX-A', '1.8e+18', (16n * 128n * 3n * 6n) ** 4n],
    ['AnyNetX-B', '6.8e+16', (16n * 128n * 6n) ** 4n * 3n],
    ['AnyNetX-C', '3.2e+14', (16n * 128n) ** 4n * 3n * 6n],
    // 131 choose 4 = 11,716,640 sequences of widths; 19 choose 4 = 3876 of depths.
    ['AnyNetX-D', '1.3e+13', 16n ** 4n * 11_716_640n * 3n * 6n],
    ['AnyNetX-E', '5.5e+11', 3876n * 11_716_640n * 3n * 6n],
  ])('of %s is about %s as the paper counts, exactly %d', (name, paper, exact) => {
    const size = sizeOf(findDesignSpace(name));
    expect(size.paperEstimate.toPrecision(2)).toBe(paper);
    expect(size).toMatchObject({ kind: 'exact', combinations: exact });
  });

  test('of RegNetX is about 3.0e8 as the paper counts; the exact share with four stages has no closed form', () => {
    const size = sizeOf(findDesignSpace('RegNetX'));
    expect(size.paperEstimate.toPrecision(2)).toBe('3.0e+8');
    expect(size.kind).toBe('at most');
    expect(size.combinations).toBe(60n * 31n * 2480n * 1501n * 3n * 6n);
  });

  test('is the number of settings found by listing them all', () => {
    const sequences = (values: number[], length: number): number[][] =>
      length === 0 ? [[]] : sequences(values, length - 1).flatMap((rest) => values.map((value) => [...rest, value]));
    const ordered = (list: number[]): boolean => list.every((value, place) => place === 0 || value >= list[place - 1]!);
    const depths = sequences([1, 2, 3], 3);
    const widths = sequences([8, 16, 24, 32, 40], 3);
    const size = sizeOf(defineDesignSpace({ ...small, nondecreasing: ['w', 'd'] }));
    expect(size.combinations).toBe(BigInt(depths.filter(ordered).length * widths.filter(ordered).length * 2));
  });

  test('sums over the numbers of stages where they are drawn', () => {
    const of = (stages: number | [number, number]): bigint =>
      sizeOf(defineDesignSpace({ ...small, stages })).combinations;
    expect(of([1, 3])).toBe(of(1) + of(2) + of(3));
  });

  test('with constraints is an upper bound', () => {
    expect(sizeOf(defineDesignSpace({ ...small, constraints: ['w[2] > w[1]'] })).kind).toBe('at most');
  });
});

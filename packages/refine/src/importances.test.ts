import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { importancesOf, type ParameterisedNetwork } from './index.js';

const random = openRandom(9, 'importances');

function networksOf(error: (parameters: Record<string, number | string>) => number): ParameterisedNetwork[] {
  return Array.from({ length: 400 }, () => {
    const parameters = {
      depth: random.integer(1, 40),
      block: random.uniform() < 0.2 ? 'x' : 'y',
      left: random.integer(0, 1),
      right: random.integer(0, 1),
      fixed: 3,
    };
    return { parameters, error: error(parameters) + random.normal() / 100 };
  });
}

function named(networks: readonly ParameterisedNetwork[]) {
  return new Map(importancesOf(networks).map(({ name, ...rest }) => [name, rest]));
}

describe('importancesOf(networks)', () => {
  test('is nearly all for what decides, and nothing for the others', () => {
    const importances = importancesOf(networksOf(({ block }) => (block === 'x' ? 10 : 20)));
    expect(importances[0]!.name).toBe('block');
    expect(importances[0]!.importance).toBeGreaterThan(0.75);
    expect(importances[0]!.p).toBeLessThan(0.01);
    const others = importances.slice(1).filter(({ name }) => !name.includes('block'));
    expect(others.every(({ importance }) => Math.abs(importance) < 0.05)).toBe(true);
    expect(importances.some(({ name }) => name.includes('fixed'))).toBe(false);
  });

  test('finds a pair of which neither tells alone', () => {
    const importances = named(networksOf(({ left, right, depth }) => (left === right ? 10 : 20) + Number(depth) / 100));
    expect(importances.get('left')!.importance).toBeLessThan(0.03);
    const pair = importances.get('left and right') ?? importances.get('right and left')!;
    expect(pair.importance).toBeGreaterThan(0.2);
    expect(pair.p).toBeLessThan(0.01);
  });

  test('says nothing by fewer than ten networks, and the same whenever it is asked', () => {
    const networks = networksOf(({ depth }) => Number(depth));
    expect(importancesOf(networks.slice(0, 9))).toEqual([]);
    expect(importancesOf(networks)).toEqual(importancesOf(networks));
  });
});

import { expect, test } from '@jest/globals';
import type { NetworkConfig } from '@netspace/contracts';
import { smallNetwork } from './fixtures/small-network.js';
import { buildGraph, initialState } from './index.js';

const wide: NetworkConfig = {
  ...smallNetwork,
  block: 'y',
  squeezeExcitationRatio: 0.25,
  stages: [{ depth: 2, width: 128, stride: 2, bottleneckRatio: 1, groupWidth: 32 }],
  classes: 100,
};

/** Standard deviation about 0, and its standard error for normal values. */
function spread(values: Float32Array): { deviation: number; relativeError: number } {
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return { deviation: Math.sqrt(variance), relativeError: Math.sqrt(1 / (2 * values.length)) };
}

// pycls init_weights (blocks.py): sqrt(2 / (k k out)), out being all output channels also where there are groups.
test.each([
  ['s1.b2.f.a.weight', Math.sqrt(2 / 128)],
  ['s1.b2.f.b.weight', Math.sqrt(2 / (9 * 128))],
  ['s1.b2.f.se.f_ex.0.weight', Math.sqrt(2 / 32)],
  ['head.fc.weight', 0.01],
])('initialState draws %s with standard deviation %d', (name, expected) => {
  const { deviation, relativeError } = spread(initialState(buildGraph(wide), 7).get(name)!);
  expect(Math.abs(deviation / expected - 1)).toBeLessThan(4 * relativeError);
});

test('initialState draws weights with mean 0 and normal tails', () => {
  const values = initialState(buildGraph(wide), 7).get('s1.b2.f.b.weight')!; // 36,864
  const deviation = Math.sqrt(2 / (9 * 128));
  expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(
    (4 * deviation) / Math.sqrt(values.length),
  );
  // 4.55 % of a normal distribution lie beyond two standard deviations.
  const beyond = values.filter((value) => Math.abs(value) > 2 * deviation).length / values.length;
  expect(beyond).toBeCloseTo(0.0455, 2);
});

test('initialState sets gamma and running variance to 1; beta, biases and running mean to 0', () => {
  const graph = buildGraph(wide);
  const state = initialState(graph, 7);
  const expected = new Map<string, number>([
    ['batch_norm_gamma', 1],
    ['running_variance', 1],
    ['batch_norm_beta', 0],
    ['bias', 0],
    ['running_mean', 0],
  ]);
  const constant = [...graph.parameters, ...graph.buffers].filter(({ role }) => expected.has(role));
  expect(new Set(constant.map(({ role }) => role)).size).toBe(5);
  for (const { name, role, shape } of constant) {
    expect(state.get(name)).toEqual(new Float32Array(shape[0]!).fill(expected.get(role)!));
  }
});

test('initialState has a tensor for every parameter and buffer', () => {
  const graph = buildGraph(wide);
  const sizes = [...initialState(graph, 7)].map(([name, values]) => [name, values.length]);
  const expected = [...graph.parameters, ...graph.buffers].map(({ name, shape }) => [
    name,
    shape.reduce((product, length) => product * length, 1),
  ]);
  expect(sizes).toEqual(expected);
});

test('initialState gives a tensor the same values whatever else the network has', () => {
  const deeper = { ...wide, stages: [{ ...wide.stages[0]!, depth: 3 }], headWidth: 16 };
  const name = 's1.b2.f.b.weight';
  expect(initialState(buildGraph(deeper), 7).get(name)).toEqual(initialState(buildGraph(wide), 7).get(name));
});

test('initialState differs between seeds and between tensors of the same shape', () => {
  const graph = buildGraph(wide);
  const weight = initialState(graph, 7).get('s1.b2.f.a.weight');
  expect(weight).toEqual(initialState(graph, 7).get('s1.b2.f.a.weight'));
  expect(weight).not.toEqual(initialState(graph, 8).get('s1.b2.f.a.weight'));
  expect(weight).not.toEqual(initialState(graph, 7).get('s1.b2.f.c.weight'));
});

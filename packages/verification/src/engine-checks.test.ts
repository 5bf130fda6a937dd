import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Engine, NetworkGraph } from '@netspace/contracts';
import { loadEngine } from '@netspace/engine-reference';
import { batchNorm } from './batch-norm.js';
import type { Check } from './check.js';
import { conv2d } from './conv2d.js';
import batchNormFile from './fixtures/batch-norm.json' with { type: 'json' };
import conv2dFile from './fixtures/conv2d.json' with { type: 'json' };
import networksFile from './fixtures/networks.json' with { type: 'json' };
import { networks } from './networks.js';

let engine: Engine;
beforeAll(async () => {
  const availability = await loadEngine();
  engine = availability.engine;
});

/** The engine with a slip: it normalises with another epsilon. */
const otherEpsilon = (): Engine => ({
  ...engine,
  compile: (graph, options) => {
    const nodes = graph.nodes.map((node) => (node.op === 'batch_norm' ? { ...node, epsilon: 1e-3 } : node));
    return engine.compile({ ...graph, nodes }, options);
  },
});

/** The engine with a slip: it moves the running statistics faster. */
const otherMomentum = (): Engine => ({
  ...engine,
  compile: (graph, options) => engine.compile(withMomentum(graph, 0.11), options),
});

function withMomentum(graph: NetworkGraph, momentum: number): NetworkGraph {
  return { ...graph, nodes: graph.nodes.map((node) => (node.op === 'batch_norm' ? { ...node, momentum } : node)) };
}

/** The engine with a slip: plain momentum for Nesterov's. */
const noNesterov = (): Engine => ({
  ...engine,
  compile: (graph, options) =>
    engine.compile(graph, { ...options, optimizer: { ...options.optimizer, nesterov: !options.optimizer.nesterov } }),
});

/** The engine with a slip: its weights are a little off. */
const otherWeights = (): Engine => ({
  ...engine,
  compile: async (graph, options) => {
    const network = await engine.compile(graph, options);
    const setState = network.setState.bind(network);
    network.setState = (state) =>
      setState(new Map([...state].map(([name, values]) => [name, values.map((value) => 1.0001 * value)])));
    return network;
  },
});

const files: [Check, readonly unknown[]][] = [
  [conv2d, conv2dFile.rows],
  [batchNorm, batchNormFile.rows],
  [networks, networksFile.rows],
];

describe('the checks of engines', () => {
  test.each(files)('$file: a double-precision engine is off by rounding alone', async (check, rows) => {
    for (const { cases, worstError, tolerance } of await check.run(rows, engine)) {
      expect(cases).toBe(rows.length);
      expect(worstError).toBeLessThan(1e-6);
      expect(tolerance).toBeGreaterThanOrEqual(1e-5);
    }
  });

  test.each<[string, Check, readonly unknown[], () => Engine, RegExp]>([
    ['weights', conv2d, conv2dFile.rows, otherWeights, /^row 0: (y|dx)$/],
    ['epsilon', batchNorm, batchNormFile.rows, otherEpsilon, /^row \d: (y|dx|dgamma)$/],
    ['momentum', batchNorm, batchNormFile.rows, otherMomentum, /^row \d: new_running_(mean|var)$/],
    ['epsilon', networks, networksFile.rows, otherEpsilon, /^row 0 \(vr_block\): (logits|gradient of .*)$/],
  ])('a slip in %s is found', async (_, check, rows, slipped, place) => {
    const [result] = await check.run(rows, slipped());
    expect(result!.worstError).toBeGreaterThan(result!.tolerance);
    expect(result!.worstCase).toMatch(place);
  });

  test('a slip in the optimiser is found after some steps, not at the first', async () => {
    const [firstStep, lastStep] = await networks.run(networksFile.rows, noNesterov());
    expect(firstStep!.worstError).toBeLessThan(firstStep!.tolerance);
    expect(lastStep!.worstError).toBeGreaterThan(lastStep!.tolerance);
  });
});

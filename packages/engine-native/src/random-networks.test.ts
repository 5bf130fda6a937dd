import { describe, expect, test } from '@jest/globals';
import type { Engine, Metrics, NetworkConfig, NetworkGraph, NetworkState } from '@netspace/contracts';
import { loadEngine as loadReference } from '@netspace/engine-reference';
import { buildGraph, compatibleStages, shippedArchitecture } from '@netspace/model-builder';
import { randomBatch, randomState, withNetwork, worstDifference } from '@netspace/engine-testing';
import fc from 'fast-check';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';

/** Small networks of a block type: any width, group width, bottleneck ratio and stride, odd sizes, grey and colour. */
const networkOf = (block: string): fc.Arbitrary<NetworkConfig> =>
  fc
    .record({
      stem: fc.constantFrom('res_stem_cifar', 'simple_stem_in', 'res_stem_in'),
      stemWidth: fc.integer({ min: 1, max: 20 }),
      stages: fc.array(
        fc.record({
          depth: fc.integer({ min: 1, max: 2 }),
          width: fc.oneof(fc.integer({ min: 1, max: 48 }), fc.constantFrom(8, 16, 24, 40)),
          stride: fc.constantFrom(1, 2),
          bottleneckRatio: fc.constantFrom(0.5, 1, 2, 4),
          groupWidth: fc.constantFrom(1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 40),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      imageSize: fc.integer({ min: 5, max: 18 }),
      imageChannels: fc.constantFrom(1, 3),
      classes: fc.integer({ min: 2, max: 12 }),
      headWidth: fc.constantFrom(0, 0, 9),
    })
    .map(({ stem, stemWidth, stages, ...rest }) => ({
      stem: { type: stem, width: stemWidth },
      block,
      stages: compatibleStages(stages),
      squeezeExcitationRatio: block === 'y' ? 0.25 : 0,
      ...rest,
    }));

interface Result {
  readonly state: NetworkState;
  readonly metrics: Metrics;
}

/** The network's graph, where channels that hardly vary do not make rounding errors large. */
function smoothGraph(config: NetworkConfig): NetworkGraph {
  const graph = buildGraph(config);
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (node.op === 'batch_norm' ? { ...node, epsilon: 0.1 } : node)),
  };
}

/** Two training steps, new statistics, and an evaluation of a partial batch. */
function train(engine: Engine, config: NetworkConfig): Promise<Result> {
  const graph = smoothGraph(config);
  return withNetwork(engine, graph, 4, randomState(graph, 1), async (network) => {
    network.trainStep(randomBatch(graph, 4, 2), 0.02, 0);
    network.trainStep(randomBatch(graph, 4, 3), 0.02, 0.1);
    network.updateStatistics(randomBatch(graph, 4, 4), 0.5);
    network.evaluate(randomBatch(graph, 3, 5));
    return { metrics: await network.takeMetrics(), state: await network.getState() };
  });
}

describe.each(instructionSets)('networks of every block, %s', (isa) => {
  test.each(Object.keys(shippedArchitecture.blocks))('%s trains as in the double-precision engine', async (block) => {
    const native = await nativeEngine(isa);
    const reference = await loadReference();
    await fc.assert(
      fc.asyncProperty(networkOf(block), async (config) => {
        const actual = await train(native, config);
        const expected = await train(reference.engine, config);
        const worst = worstDifference(actual.state, expected.state);
        expect(worst).toEqual({ name: worst.name, error: expect.closeTo(0, 3) });
        expect(actual.metrics.lossSum / expected.metrics.lossSum).toBeCloseTo(1, 3);
        expect(actual.metrics.images).toBe(expected.metrics.images);
      }),
      { seed: 7, numRuns: 4 },
    );
  });
});

import type { Engine, NetworkGraph } from '@netspace/contracts';
import { randomBatch, randomOutputGradient, randomState, withNetwork } from './compare-engines.js';

/**
 * Everything that an engine computes of a graph, by name, from seeded random values: output, gradients of the input and of
 * every parameter, the running statistics after it, and the inference of a batch half as large.
 */
export function derivatives(engine: Engine, graph: NetworkGraph, count: number): Promise<Map<string, Float32Array>> {
  return withNetwork(engine, graph, count, randomState(graph, 1), async (network) => {
    const { output, input, parameters } = await network.differentiate(
      randomBatch(graph, count, 2),
      randomOutputGradient(graph, count, 3),
    );
    const inference = await network.infer(randomBatch(graph, Math.ceil(count / 2), 4));
    const state = await network.getState();
    const buffers = graph.buffers.map(({ name }) => [name, state.get(name)!] as const);
    return new Map([...parameters, ...buffers, ['output', output], ['input', input], ['inference', inference]]);
  });
}

import type { CompiledNetwork, CompileOptions, Engine, NetworkGraph } from '@netspace/contracts';

/** Plain gradient descent without decay: for graphs that are only differentiated. */
export const noOptimizer: Omit<CompileOptions, 'batchSize'> = {
  optimizer: { momentum: 0, nesterov: false, weightDecay: 0, batchNormWeightDecay: 0, biasWeightDecay: 0 },
};

/** Compiles a graph, hands it to `use`, and frees it. */
export async function withNetwork<T>(
  engine: Engine,
  graph: NetworkGraph,
  options: CompileOptions,
  use: (network: CompiledNetwork) => Promise<T>,
): Promise<T> {
  const network = await engine.compile(graph, options);
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}

import type { CompiledNetwork, Engine, Metrics, NetworkGraph, NetworkState, Precision } from '@netspace/contracts';
import { optimizer, randomBatch, randomState } from './compare-engines.js';

/** A training that is broken off now and then. */
export interface BrokenTraining {
  readonly graph: NetworkGraph;
  readonly batchSize: number;
  readonly precision?: Precision;
  readonly steps: number;
  /** Steps after which another network goes on from the training state. */
  readonly breaks: readonly number[];
}

/**
 * What a training comes to whose networks take turns: metrics, the state, and what steps after it would do with momentum.
 *
 * @param engines - Compile one network after the other, in turn.
 */
export async function trainWithBreaks(
  engines: readonly Engine[],
  { graph, batchSize, precision = 'float32', steps, breaks }: BrokenTraining,
): Promise<{ readonly metrics: Metrics; readonly state: NetworkState }> {
  let networks = 0;
  const compile = (): Promise<CompiledNetwork> =>
    engines[networks++ % engines.length]!.compile(graph, { batchSize, optimizer, precision });
  let network = await compile();
  network.setState(randomState(graph, 1));
  for (let step = 0; step < steps; step++) {
    if (breaks.includes(step)) {
      const state = await network.getTrainingState!();
      network.dispose();
      network = await compile();
      network.setTrainingState!(state);
    }
    network.trainStep(randomBatch(graph, batchSize, step), 0.02 * (1 + (step % 3)), 0.1 * (step % 2));
  }
  const result = { metrics: await network.takeMetrics(), state: await network.getState() };
  network.dispose();
  return result;
}

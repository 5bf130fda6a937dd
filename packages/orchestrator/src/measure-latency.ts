import {
  type Architecture,
  type Engine,
  InvalidInputError,
  type Latency,
  type NetworkConfig,
} from '@netspace/contracts';
import { buildGraph, initialState } from '@netspace/model-builder';
import { othersMayRun } from './others-may-run.js';
import { randomBatch } from './random-batch.js';

/** Passes before any is measured: memory is touched, and the processor at its speed. */
const warmUpPasses = 5;

/** Measuring goes on until there are so many passes and milliseconds, but never longer than the limit. */
const enough = { passes: 30, milliseconds: 300, limit: 20_000 };

/** Not used by inference. */
const optimizer = { momentum: 0, nesterov: false, weightDecay: 0, batchNormWeightDecay: 0, biasWeightDecay: 0 };

/** What inference times are measured with. */
export interface LatencyRoom {
  readonly engine: Engine;
  /** The blocks and stems that networks may name. */
  readonly architecture: Architecture;
  /** Images of one pass, at least 1. */
  readonly batchSize: number;
}

/**
 * Measures how long one inference pass of random images takes, with initial weights.
 *
 * @param signal - Ends it between two passes.
 * @throws InvalidInputError where the engine refuses the network or a pass of so many images, for want of memory for instance;
 * the signal's reason where it is aborted.
 * @example
 * import { shippedArchitecture } from '@netspace/model-builder';
 * import { chooseEngine, measureLatency } from '@netspace/orchestrator';
 * const { engine } = await chooseEngine('reference');
 * const config = {
 *   stem: { type: 'res_stem_cifar', width: 8 },
 *   block: 'x',
 *   stages: [{ depth: 1, width: 8, stride: 2, bottleneckRatio: 1, groupWidth: 4 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 8,
 *   imageChannels: 3,
 * };
 * const latency = await measureLatency(config, { engine, architecture: shippedArchitecture, batchSize: 1 });
 * latency.median > 0; // => true
 */
export async function measureLatency(
  config: NetworkConfig,
  { engine, architecture, batchSize }: LatencyRoom,
  signal?: AbortSignal,
): Promise<Latency> {
  const graph = buildGraph(config, architecture);
  const made = <T>(make: () => T | Promise<T>): Promise<T> => orTooLarge(make, engine, batchSize);
  const network = await made(() => engine.compile(graph, { batchSize, optimizer }));
  try {
    network.setState(initialState(graph, 1));
    const batch = await made(() => randomBatch(config, batchSize));
    const pass = async (): Promise<number> => {
      await othersMayRun();
      signal?.throwIfAborted();
      const begin = performance.now();
      await network.infer(batch);
      return performance.now() - begin;
    };
    for (let warmUp = 0; warmUp < warmUpPasses; warmUp++) await pass();
    const times = await repeat(pass);
    const { percentile } = await import('@netspace/statistics');
    return {
      median: percentile(times, 50),
      lowerQuartile: percentile(times, 25),
      upperQuartile: percentile(times, 75),
      passes: times.length,
    };
  } finally {
    network.dispose();
  }
}

/** What is made for a pass, or in words why it cannot be. */
async function orTooLarge<T>(make: () => T | Promise<T>, { name }: Engine, batchSize: number): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    const problem = `${name} cannot make a pass of ${batchSize} images: ${(error as Error).message}`;
    throw new InvalidInputError({ problem, expected: 'fewer images a pass, where memory is short' }, { cause: error });
  }
}

/** The milliseconds of each pass. */
async function repeat(pass: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let elapsed = 0; ;) {
    const time = await pass();
    times.push(time);
    elapsed += time;
    if (elapsed >= enough.limit || (elapsed >= enough.milliseconds && times.length >= enough.passes)) return times;
  }
}

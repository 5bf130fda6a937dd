import type { Architecture, Engine, NetworkConfig, Recipe } from '@netspace/contracts';
import { buildGraph, initialState } from '@netspace/model-builder';
import { othersMayRun } from './others-may-run.js';
import { randomBatch } from './random-batch.js';

/** So long is measured of a kind of step, in seconds, and at least two of them. */
const enough = 0.6;

/** Wall-clock seconds that one image takes. */
export interface ImageSeconds {
  readonly training: number;
  /** Of a test. */
  readonly evaluation: number;
}

/** Measures how long a network takes to be trained on an image, and tested on one, with random images. */
export async function measureStep(
  config: NetworkConfig,
  recipe: Recipe,
  { engine, architecture }: { readonly engine: Engine; readonly architecture: Architecture },
  signal?: AbortSignal,
): Promise<ImageSeconds> {
  const graph = buildGraph(config, architecture);
  const network = await engine.compile(graph, recipe);
  try {
    network.setState(initialState(graph, 1));
    const batch = randomBatch(config, recipe.batchSize);
    const secondsOf = async (step: () => void): Promise<number> => {
      step();
      await network.takeMetrics();
      const begin = performance.now();
      let steps = 0;
      for (; steps < 2 || performance.now() - begin < 1000 * enough; steps++) {
        step();
        await network.takeMetrics();
        await othersMayRun();
        signal?.throwIfAborted();
      }
      return (performance.now() - begin) / 1000 / steps / recipe.batchSize;
    };
    return {
      training: await secondsOf(() => network.trainStep(batch, 0.01, recipe.labelSmoothing)),
      evaluation: await secondsOf(() => network.evaluate(batch)),
    };
  } finally {
    network.dispose();
  }
}

import type { Engine, Metrics } from '@netspace/contracts';
import { withNetwork } from './compare-engines.js';
import { GraphMaker } from './graph-maker.js';

/** The most classes that a dataset may have. */
const classes = 65_535;

/**
 * What an engine measures on three images of the first, a middle and the last of 65,535 classes, where a linear layer
 * gives logit 1 to the last class and 0 to all others.
 */
export async function scoresOfManyClasses(engine: Engine): Promise<Metrics> {
  const maker = new GraphMaker({ channels: 1, height: 1, width: 1 });
  maker.linear(0, classes);
  const graph = maker.graph();
  const bias = new Float32Array(classes);
  bias[classes - 1] = 1;
  const state = new Map([[graph.parameters.find(({ role }) => role === 'bias')!.name, bias]]);
  const labels = Int32Array.of(0, 40_000, classes - 1);
  return withNetwork(engine, graph, labels.length, state, (network) => {
    network.evaluate({ count: labels.length, images: new Float32Array(labels.length), labels });
    return network.takeMetrics();
  });
}

/** What {@link scoresOfManyClasses} must give: losses ln(65534 + e) - logit of the label, and ranks 1, 40001 and 0. */
export const expectedScoresOfManyClasses: Metrics = {
  images: 3,
  lossSum: 3 * Math.log(classes - 1 + Math.E) - 1,
  top1Errors: 2,
  top5Errors: 1,
};

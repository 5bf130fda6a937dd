// Graphs and networks
export { benchmarkNetworks, type BenchmarkNetwork } from './benchmark-networks.js';
export { GraphMaker } from './graph-maker.js';
export { randomClassifier, randomGraph } from './random-graph.js';

// Comparing engines
export {
  distance,
  norm,
  optimizer,
  randomBatch,
  randomOutputGradient,
  randomState,
  withNetwork,
  worstDifference,
} from './compare-engines.js';
export { expectedScoresOfManyClasses, scoresOfManyClasses } from './many-classes.js';
export { type BrokenTraining, trainWithBreaks } from './train-with-breaks.js';
export { derivatives } from './derivatives.js';

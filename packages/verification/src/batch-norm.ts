import type { Engine, GraphNode, NetworkGraph } from '@netspace/contracts';
import type { Check } from './check.js';
import { noOptimizer, withNetwork } from './reference-network.js';
import { decodeTensor, type ReferenceTensor, relativeError } from './reference-tensor.js';
import { WorstError } from './worst-error.js';

interface Row {
  readonly eps: number;
  readonly momentum: number;
  readonly relu: boolean;
  readonly x: ReferenceTensor;
  readonly gamma: ReferenceTensor;
  readonly beta: ReferenceTensor;
  readonly running_mean: ReferenceTensor;
  readonly running_var: ReferenceTensor;
  readonly y: ReferenceTensor;
  readonly new_running_mean: ReferenceTensor;
  readonly new_running_var: ReferenceTensor;
  readonly dy: ReferenceTensor;
  readonly dx: ReferenceTensor;
  readonly dgamma: ReferenceTensor;
  readonly dbeta: ReferenceTensor;
}

/** One batch normalisation in training mode, forward, backward and its running statistics: relative error in the 2-norm. */
export const batchNorm: Check = {
  file: 'batch_norm.json',
  async run(rows, engine) {
    const worst = new WorstError(1e-5);
    for (const [index, row] of (rows as readonly Row[]).entries()) {
      worst.countCase();
      await checkRow(row, engine, (error, what) => worst.add(error, `row ${index}: ${what}`));
    }
    return [worst.result()];
  },
};

async function checkRow(row: Row, engine: Engine, add: (error: number, what: string) => void): Promise<void> {
  const [count] = row.x.shape as [number];
  await withNetwork(engine, graphOf(row), { batchSize: count, ...noOptimizer }, async (network) => {
    const names = ['gamma', 'beta', 'running_mean', 'running_var'] as const;
    network.setState(new Map(names.map((name) => [name, decodeTensor(row[name])])));
    const batch = { count, images: decodeTensor(row.x), labels: new Int32Array(count) };
    const { output, input, parameters } = await network.differentiate(batch, decodeTensor(row.dy));
    add(relativeError(output, decodeTensor(row.y)), 'y');
    add(relativeError(input, decodeTensor(row.dx)), 'dx');
    add(relativeError(parameters.get('gamma')!, decodeTensor(row.dgamma)), 'dgamma');
    add(relativeError(parameters.get('beta')!, decodeTensor(row.dbeta)), 'dbeta');
    const state = await network.getState();
    add(relativeError(state.get('running_mean')!, decodeTensor(row.new_running_mean)), 'new_running_mean');
    add(relativeError(state.get('running_var')!, decodeTensor(row.new_running_var)), 'new_running_var');
  });
}

function graphOf({ eps, momentum, relu, x }: Row): NetworkGraph {
  const [, channels, height, width] = x.shape as [number, number, number, number];
  const shape = { channels, height, width };
  const names = { gamma: 'gamma', beta: 'beta', runningMean: 'running_mean', runningVariance: 'running_var' };
  const nodes: GraphNode[] = [
    { id: 0, op: 'input', inputs: [], shape, layer: 'input' },
    { id: 1, op: 'batch_norm', inputs: [0], shape, layer: 'bn', epsilon: eps, momentum, ...names },
  ];
  if (relu) nodes.push({ id: 2, op: 'relu', inputs: [1], shape, layer: 'relu' });
  return {
    nodes,
    output: nodes.length - 1,
    parameters: [
      { name: 'gamma', shape: [channels], role: 'batch_norm_gamma' },
      { name: 'beta', shape: [channels], role: 'batch_norm_beta' },
    ],
    buffers: [
      { name: 'running_mean', shape: [channels], role: 'running_mean' },
      { name: 'running_var', shape: [channels], role: 'running_variance' },
    ],
  };
}

import { expect, test } from '@jest/globals';
import type { ActivationShape, NetworkGraph } from '@netspace/contracts';
import batchNormalisations from './fixtures/batch-normalisations.json' with { type: 'json' };
import convolutions from './fixtures/convolutions.json' with { type: 'json' };
import { batchNormGraph, convGraph } from './fixtures/graphs.js';
import { ReferenceNetwork } from './reference-network.js';

interface Tensor {
  readonly shape: readonly number[];
  readonly data: string;
}

const valuesOf = ({ data }: Tensor): Float32Array =>
  new Float32Array(Uint8Array.from(Buffer.from(data, 'base64')).buffer);
const shapeOf = ({ shape }: Tensor): ActivationShape => ({
  channels: shape[1]!,
  height: shape[2]!,
  width: shape[3]!,
});

/** Relative error in the 2-norm: of float32 data that float64 arithmetic made, some units of rounding. */
function expectClose(actual: Float32Array | undefined, expected: Tensor): void {
  const values = valuesOf(expected);
  expect(actual).toHaveLength(values.length);
  const difference = Math.hypot(...values.map((value, i) => actual![i]! - value));
  expect(difference / Math.hypot(...values)).toBeLessThan(1e-6);
}

/** Differentiates a graph on a row's x and dy. */
async function differentiate(graph: NetworkGraph, row: { x: Tensor; dy: Tensor }, state: Record<string, Tensor>) {
  const optimizer = { momentum: 0, nesterov: false, weightDecay: 0, batchNormWeightDecay: 0, biasWeightDecay: 0 };
  const [batchSize] = row.x.shape as [number];
  const network = new ReferenceNetwork(graph, { batchSize, optimizer });
  network.setState(new Map(Object.entries(state).map(([name, tensor]) => [name, valuesOf(tensor)])));
  const batch = { count: batchSize, images: valuesOf(row.x), labels: new Int32Array(batchSize) };
  return { ...(await network.differentiate(batch, valuesOf(row.dy))), state: await network.getState() };
}

test.each(convolutions.rows)(
  'convolution of kernel $kernel, stride $stride, $groups groups as in PyTorch',
  async (row) => {
    const graph = convGraph(shapeOf(row.x), row.y.shape[1]!, row);
    const { output, input, parameters } = await differentiate(graph, row, { weight: row.weight });
    expectClose(output, row.y);
    expectClose(input, row.dx);
    expectClose(parameters.get('weight'), row.dweight);
  },
);

/** Batch normalisation, and a relu where the row has one. */
function graphOf(row: (typeof batchNormalisations.rows)[number]): NetworkGraph {
  const graph = batchNormGraph(shapeOf(row.x), row.momentum);
  if (!row.relu) return graph;
  const relu = { id: 2, op: 'relu', inputs: [1], shape: shapeOf(row.x), layer: 'relu' } as const;
  return { ...graph, nodes: [...graph.nodes, relu], output: 2 };
}

test.each(batchNormalisations.rows)(
  'batch normalisation of $x.shape (followed by relu: $relu) as in PyTorch',
  async (row) => {
    const initial = { gamma: row.gamma, beta: row.beta, mean: row.running_mean, variance: row.running_var };
    const { output, input, parameters, state } = await differentiate(graphOf(row), row, initial);
    expectClose(output, row.y);
    expectClose(input, row.dx);
    expectClose(parameters.get('gamma'), row.dgamma);
    expectClose(parameters.get('beta'), row.dbeta);
    expectClose(state.get('mean'), row.new_running_mean);
    expectClose(state.get('variance'), row.new_running_var);
  },
);

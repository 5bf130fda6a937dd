import { expect, test } from '@jest/globals';
import type { ActivationShape, NetworkGraph } from '@netspace/contracts';
import { checkGraph } from './check-graph.js';
import { batchNormGraph, convGraph, gateGraph, graphOf, linearGraph, maxPoolGraph } from './fixtures/graphs.js';

const point: ActivationShape = { channels: 1, height: 1, width: 1 };
const map: ActivationShape = { channels: 4, height: 5, width: 3 };
const window = { kernel: 3, stride: 2, padding: 1, groups: 2 };
const graphWith = (node: object): NetworkGraph => graphOf(point, [node as never]);
const without = (graph: NetworkGraph, name: string): NetworkGraph => ({
  ...graph,
  parameters: graph.parameters.filter((spec) => spec.name !== name),
  buffers: graph.buffers.filter((spec) => spec.name !== name),
});
const convOf = (changes: object): NetworkGraph => {
  const { nodes, ...rest } = convGraph(map, 6, window);
  return { ...rest, nodes: [nodes[0]!, { ...nodes[1]!, ...changes }] };
};

test.each([
  ['convolution', convGraph(map, 6, window)],
  ['batch normalisation', batchNormGraph(map)],
  ['linear layer', linearGraph(map, 3)],
  ['gate', gateGraph(map)],
  ['max pool', maxPoolGraph(map, 3, 2, 1)],
])('a %s passes', (_, graph) => {
  expect(() => checkGraph(graph)).not.toThrow();
});

test.each([
  [
    'a shape that does not follow',
    graphWith({ op: 'relu', inputs: [0], shape: { ...point, channels: 2 } }),
    'graph.nodes[1] (relu): its shape is [2, 1, 1], not [1, 1, 1]',
  ],
  [
    'an input from behind',
    graphWith({ op: 'relu', inputs: [1], shape: point }),
    'graph.nodes[1] (relu): it reads node 1, which does not come before it',
  ],
  [
    'a missing input',
    graphWith({ op: 'add', inputs: [0], shape: point }),
    'graph.nodes[1] (add): it has 1 inputs, not 2',
  ],
  [
    'an unknown operation',
    graphWith({ op: 'erf', inputs: [0], shape: point }),
    'graph.nodes[1] (erf): unknown operation "erf"',
  ],
  [
    'two inputs',
    graphWith({ op: 'input', inputs: [], shape: point }),
    'graph.nodes[1] (input): the input must be node 0, and only that',
  ],
  [
    'an id that is not its place',
    { ...linearGraph(map, 3), nodes: linearGraph(map, 3).nodes.toReversed() },
    'graph.nodes[0] (linear): its id is 2, but its place is 0',
  ],
  ['an empty image', graphOf({ ...map, width: 0 }, []), 'graph.nodes[0] (input): its shape is [4, 5, 0]'],
  [
    'groups that do not divide',
    convOf({ groups: 3 }),
    'graph.nodes[1] (conv): 3 groups do not divide 4 and 6 channels',
  ],
  ['no stride', convOf({ stride: 0 }), 'graph.nodes[1] (conv): its stride is 0'],
  [
    'a kernel that is too large',
    convOf({ kernel: 9 }),
    'graph.nodes[1] (conv): its kernel 9 with padding 1 does not fit [4, 5, 3]',
  ],
  [
    'padding that windows could lie in',
    maxPoolGraph(map, 3, 2, 2),
    'graph.nodes[1] (max_pool): its padding 2 is more than half the kernel',
  ],
  [
    'a linear layer on a map',
    graphOf(map, [{ op: 'linear', inputs: [0], shape: point, weight: 'w', bias: 'b' }]),
    'graph.nodes[1] (linear): its input is [4, 5, 3], not [channels, 1, 1]',
  ],
  [
    'a sum of different shapes',
    graphOf(map, [
      { op: 'global_average_pool', inputs: [0], shape: { ...point, channels: 4 } },
      { op: 'add', inputs: [0, 1], shape: map },
    ]),
    'graph.nodes[2] (add): it adds [4, 5, 3] and [4, 1, 1]',
  ],
  [
    'factors of another shape',
    graphOf(map, [{ op: 'scale', inputs: [0, 0], shape: map }]),
    'graph.nodes[1] (scale): its factors are [4, 5, 3], not [4, 1, 1]',
  ],
  [
    'a missing parameter',
    without(convGraph(map, 6, window), 'bias'),
    'graph.nodes[1] (conv): there is no parameter bias',
  ],
  [
    'a missing buffer',
    without(batchNormGraph(map), 'variance'),
    'graph.nodes[1] (batch_norm): there is no buffer variance',
  ],
  [
    'a weight of another shape',
    { ...convOf({}), parameters: linearGraph(map, 6).parameters },
    'graph.nodes[1] (conv): weight is [6, 4], not [6, 2, 3, 3]',
  ],
  ['no such output', { ...gateGraph(map), output: 9 }, 'graph.output: got 9 (valid: the id of a node)'],
])('a graph with %s is refused', (_, graph, message) => {
  expect(() => checkGraph(graph)).toThrow(message);
});

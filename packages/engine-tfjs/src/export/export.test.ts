import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { NetworkGraph } from '@netspace/contracts';
import { buildGraph } from '@netspace/model-builder';
import { distance, GraphMaker, norm, randomBatch, randomState, withNetwork } from '@netspace/engine-testing';
import * as tf from '@tensorflow/tfjs';
import { availableBackends, engineOf, hasTensorflow } from '../fixtures/tfjs-backends.js';
import { findInstallations } from '../load-tensorflow.js';
import { toChannelsLast } from '../permute.js';
import { saveGraphModel } from './graph-model.js';
import { saveSavedModel } from './saved-model.js';

/** Groups, strides, squeeze-excitation and a max-pool with padding. */
const network = buildGraph({
  stem: { type: 'res_stem_in', width: 8 },
  block: 'y',
  stages: [{ depth: 2, width: 16, stride: 2, bottleneckRatio: 1, groupWidth: 8 }],
  squeezeExcitationRatio: 0.25,
  headWidth: 0,
  classes: 5,
  imageSize: 16,
  imageChannels: 3,
});

/** Pixels as output, a biased convolution, one parameter read twice. */
function imageGraph(): NetworkGraph {
  const maker = new GraphMaker({ channels: 2, height: 5, width: 4 });
  const window = { kernel: 3, stride: 2, padding: 1 };
  maker.maxPool(maker.sigmoid(maker.conv(0, 4, window, 2, true)), { kernel: 3, stride: 1, padding: 1 });
  const { nodes, ...rest } = maker.graph();
  const twice = [...nodes, { ...nodes[1]!, id: nodes.length }, { ...nodes[3]!, id: nodes.length + 1 }];
  const sum = { op: 'add', id: twice.length, inputs: [3, 4], shape: nodes[3]!.shape, layer: 'sum' } as const;
  return { ...rest, nodes: [...twice, sum], output: sum.id };
}

const graphs: [string, NetworkGraph][] = [
  ['a network', network],
  ['a graph with pixels as output', imageGraph()],
];

const folder = mkdtempSync(join(tmpdir(), 'netspace-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface TfjsNode {
  loadSavedModel(path: string, tags: string[], signature: string): Promise<LoadedModel>;
}

interface LoadedModel {
  predict(images: tf.Tensor): unknown;
  dispose(): void;
}

/** Logits of the engine and of a loaded model, channels last. */
async function outputs(
  graph: NetworkGraph,
  model: LoadedModel,
  backend: string,
): Promise<[Float32Array, Float32Array]> {
  const batch = randomBatch(graph, 3, 2);
  const { channels, height, width } = graph.nodes[0]!.shape;
  const expected = await withNetwork(engineOf('cpu'), graph, 3, randomState(graph, 1), (compiled) =>
    compiled.infer(batch),
  );
  const images = toChannelsLast(batch.images, [3, channels, height, width]);
  await tf.setBackend(backend);
  const result = model.predict(tf.tensor4d(images, [3, height, width, channels])) as tf.Tensor;
  const { shape } = graph.nodes[graph.output]!;
  return [
    (await result.data()) as Float32Array,
    toChannelsLast(expected, [3, shape.channels, shape.height, shape.width]),
  ];
}

/** Loads a model.json as plain tfjs does, from the files' bytes. */
function loadPlain(directory: string): Promise<tf.GraphModel> {
  const { modelTopology, weightsManifest, ...rest } = JSON.parse(
    readFileSync(join(directory, 'model.json'), 'utf8'),
  ) as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const bytes = readFileSync(join(directory, 'weights.bin'));
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  return tf.loadGraphModel(tf.io.fromMemory({ ...rest, modelTopology, weightSpecs, weightData }));
}

describe.each(availableBackends)('saveGraphModel(), loaded by plain tfjs on the backend %s', (backend) => {
  test.each(graphs)('%s gives the same output', async (_, graph) => {
    const directory = join(folder, `${backend}-${graph.nodes.length}`);
    await saveGraphModel(graph, randomState(graph, 1), directory);
    const model = await loadPlain(directory);
    const [actual, expected] = await outputs(graph, model, backend);
    expect(distance(actual, expected) / norm(expected)).toBeLessThan(1e-4);
    model.dispose();
  });
});

test('a state that lacks a parameter is refused by its name', async () => {
  const state = new Map(randomState(network, 1));
  state.delete('head.fc.bias');
  await expect(saveGraphModel(network, state, folder)).rejects.toThrow('head.fc.bias: is missing in the state');
});

const testWithTensorflow = hasTensorflow ? test : test.skip;

testWithTensorflow.each(graphs)(
  'saveSavedModel(), loaded by TensorFlow: %s gives the same output (skipped without TensorFlow: npm run setup:tfjs)',
  async (_, graph) => {
    const directory = join(folder, `saved-${graph.nodes.length}`);
    await saveSavedModel(graph, randomState(graph, 1), directory);
    const { require, packageName } = findInstallations()[0]!;
    const { node } = require(packageName) as { node: TfjsNode };
    await tf.setBackend('tensorflow');
    const model = await node.loadSavedModel(directory, ['serve'], 'serving_default');
    const [actual, expected] = await outputs(graph, model, 'tensorflow');
    expect(distance(actual, expected) / norm(expected)).toBeLessThan(1e-4);
    model.dispose();
  },
);

import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InvalidInputError, type NetworkGraph, type NetworkState } from '@netspace/contracts';
import { loadEngine } from '@netspace/engine-reference';
import { GraphMaker, randomBatch, randomState, withNetwork } from '@netspace/engine-testing';
import { buildGraph, shippedArchitecture } from '@netspace/model-builder';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { toChannelsLast } from './permute.js';
import { modelFormats, saveModel, type ModelFormat } from './save-model.js';

tf.enableProdMode();
const reference = await loadEngine();
const { engine } = reference;
setWasmPaths(join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/'));

/** Groups, strides, squeeze-excitation and a max-pool with padding. */
const network = networkOf('res_stem_in', 'y', 8);

function networkOf(stem: string, block: string, groupWidth: number): NetworkGraph {
  return buildGraph({
    stem: { type: stem, width: 8 },
    block,
    stages: [{ depth: 2, width: 16, stride: 2, bottleneckRatio: 1, groupWidth }],
    squeezeExcitationRatio: block === 'y' ? 0.25 : 0,
    headWidth: 0,
    classes: 5,
    imageSize: 16,
    imageChannels: 3,
  });
}

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

/** Groups of 2 inputs and 3 outputs, and of 1 and 2, with biases. */
function biasedGroups(): NetworkGraph {
  const maker = new GraphMaker({ channels: 4, height: 5, width: 4 });
  const window = { kernel: 3, stride: 2, padding: 1 };
  const y = maker.conv(0, 6, window, 2, true);
  maker.conv(y, 12, window, 6, true);
  return maker.graph();
}

const everyBlock = Object.keys(shippedArchitecture.blocks).map(
  (block) => [`block ${block}`, networkOf('res_stem_cifar', block, 8)] as const,
);
const everyStem = Object.keys(shippedArchitecture.stems).map(
  (stem) => [`stem ${stem}`, networkOf(stem, 'x', 8)] as const,
);
const groupWidths = [1, 4, 16].map((width) => [`groups of ${width}`, networkOf('res_stem_cifar', 'x', width)] as const);

const graphs: readonly (readonly [string, NetworkGraph])[] = [
  ['a network', network],
  ['a graph with pixels as output', imageGraph()],
];

const folder = mkdtempSync(join(tmpdir(), 'netspace-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface LoadedModel {
  predict(images: tf.Tensor): unknown;
  dispose(): void;
}

/** The largest difference from the reference engine's logits, relative to the largest of them. */
async function errorOf(model: LoadedModel, graph: NetworkGraph): Promise<number> {
  const batch = randomBatch(graph, 3, 2);
  const { channels, height, width } = graph.nodes[0]!.shape;
  const logits = await withNetwork(engine, graph, 3, randomState(graph, 1), (compiled) => compiled.infer(batch));
  const images = toChannelsLast(batch.images, [3, channels, height, width]);
  const result = model.predict(tf.tensor4d(images, [3, height, width, channels])) as tf.Tensor;
  const { shape } = graph.nodes[graph.output]!;
  const expected = toChannelsLast(logits, [3, shape.channels, shape.height, shape.width]);
  const actual = await result.data();
  expect(actual).toHaveLength(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...actual.map((value, index) => Math.abs(value - expected[index]!))) / largest;
}

/** A model's files, as plain tfjs reads them. */
function filesOf(directory: string): tf.io.ModelArtifacts {
  const { modelTopology, weightsManifest, ...rest } = JSON.parse(
    readFileSync(join(directory, 'model.json'), 'utf8'),
  ) as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const bytes = readFileSync(join(directory, 'weights.bin'));
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  return { ...rest, modelTopology, weightSpecs, weightData };
}

async function graphModel(graph: NetworkGraph, state: NetworkState): Promise<tf.GraphModel> {
  const directory = mkdtempSync(join(folder, 'graph-'));
  await saveModel('graph-model', graph, state, directory);
  return tf.loadGraphModel(tf.io.fromMemory(filesOf(directory)));
}

async function layersModel(graph: NetworkGraph, state: NetworkState): Promise<tf.LayersModel> {
  const directory = mkdtempSync(join(folder, 'layers-'));
  await saveModel('layers-model', graph, state, directory);
  return tf.loadLayersModel(tf.io.fromMemory(filesOf(directory)));
}

describe.each(['cpu', 'wasm'])('loaded by plain tfjs on the backend %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test.each(graphs)('saveModel() as graph-model: %s gives the same output', async (_, graph) => {
    const model = await graphModel(graph, randomState(graph, 1));
    expect(await errorOf(model, graph)).toBeLessThan(1e-4);
    model.dispose();
  });

  test.each([...graphs, ...everyBlock, ...everyStem, ...groupWidths, ['grouped biases', biasedGroups()] as const])(
    'saveModel() as layers-model: %s gives the same output',
    async (_, graph) => {
      const model = await layersModel(graph, randomState(graph, 1));
      expect(await errorOf(model, graph)).toBeLessThan(1e-4);
      model.dispose();
    },
  );
});

test('a LayersModel has the weights of the network, and no more', async () => {
  const model = await layersModel(network, randomState(network, 1));
  expect(model.countParams()).toBe(
    [...network.parameters, ...network.buffers].reduce(
      (total, { shape }) => total + tf.util.sizeFromShape([...shape]),
      0,
    ),
  );
  model.dispose();
});

test('a LayersModel is trained further by tfjs', async () => {
  await tf.setBackend('cpu');
  const maker = new GraphMaker({ channels: 4, height: 5, width: 5 });
  const block = maker.relu(maker.batchNorm(maker.conv(0, 8, { kernel: 3, stride: 1, padding: 1 }, 2)));
  maker.linear(maker.averagePool(block), 3);
  const graph = maker.graph();
  const model = await layersModel(graph, randomState(graph, 1));
  const loss = (labels: tf.Tensor, logits: tf.Tensor): tf.Tensor => tf.losses.softmaxCrossEntropy(labels, logits);
  model.compile({ optimizer: tf.train.sgd(0.2), loss });
  const images = tf.randomNormal([3, 5, 5, 4], 0, 1, 'float32', 1);
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2], 'int32'), 3);
  const losses: number[] = [];
  for (let step = 0; step < 20; step++) losses.push((await model.trainOnBatch(images, labels)) as number);
  expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
  model.dispose();
});

test('a LayersModel of a padded maximum over negative values is refused', async () => {
  const maker = new GraphMaker({ channels: 2, height: 6, width: 6 });
  maker.maxPool(maker.conv(0, 4, { kernel: 1, stride: 1, padding: 0 }), { kernel: 3, stride: 2, padding: 1 });
  const graph = maker.graph();
  await expect(saveModel('layers-model', graph, randomState(graph, 1), folder)).rejects.toThrow(
    'layer2: layers pad with zeros',
  );
});

test.each(modelFormats)("saveModel('%s') refuses a state that lacks a parameter, by its name", async (format) => {
  const state = new Map(randomState(network, 1));
  state.delete('head.fc.bias');
  await expect(saveModel(format, network, state, folder)).rejects.toThrow('head.fc.bias: is missing in the state');
});

test.each(modelFormats)("saveModel('%s') names the folder that it cannot write", async (format) => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const saved = saveModel(format, network, randomState(network, 1), join(file, 'model'));
  await expect(saved).rejects.toThrow(InvalidInputError);
  await expect(saved).rejects.toThrow(`${join(file, 'model')}: cannot be written`);
});

test('saveModel() refuses an unknown format with the list of known ones', async () => {
  const saved = saveModel('onnx' as ModelFormat, network, randomState(network, 1), folder);
  await expect(saved).rejects.toThrow('format: got "onnx" (valid: layers-model, graph-model, saved-model)');
});

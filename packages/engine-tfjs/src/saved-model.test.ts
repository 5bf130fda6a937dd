import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { loadEngine } from '@netspace/engine-reference';
import { GraphMaker, randomBatch, randomState, withNetwork } from '@netspace/engine-testing';
import { buildGraph } from '@netspace/model-builder';
import { saveModel, toChannelsLast } from '@netspace/tensorflow-export';
import { setBackend, tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import { hasTensorflow } from './fixtures/tfjs-backends.js';
import { findInstallations } from './load-tensorflow.js';

interface TfjsNode {
  loadSavedModel(path: string, tags: string[], signature: string): Promise<LoadedModel>;
}

interface LoadedModel {
  predict(images: Tensor): Tensor;
  dispose(): void;
}

const reference = await loadEngine();
const { engine } = reference;
const folder = mkdtempSync(join(tmpdir(), 'netspace-saved-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

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

const pixels = new GraphMaker({ channels: 2, height: 5, width: 4 });
pixels.maxPool(pixels.conv(0, 4, { kernel: 3, stride: 2, padding: 1 }, 2, true), { kernel: 3, stride: 1, padding: 1 });

const graphs = [
  ['a network', network],
  ['a graph with pixels as output', pixels.graph()],
] as const;

const testWithTensorflow = hasTensorflow ? test : test.skip;

testWithTensorflow.each(graphs)(
  'a SavedModel of %s gives the same output in TensorFlow (skipped without TensorFlow: npm run setup:tfjs)',
  async (name, graph) => {
    const directory = join(folder, name);
    await saveModel('saved-model', graph, randomState(graph, 1), directory);
    const { require, packageName } = findInstallations()[0]!;
    const { node } = require(packageName) as { node: TfjsNode };
    await setBackend('tensorflow');
    const model = await node.loadSavedModel(directory, ['serve'], 'serving_default');
    const batch = randomBatch(graph, 3, 2);
    const { channels, height, width } = graph.nodes[0]!.shape;
    const images = toChannelsLast(batch.images, [3, channels, height, width]);
    const actual = await model.predict(tensor4d(images, [3, height, width, channels])).data();
    const { shape } = graph.nodes[graph.output]!;
    const logits = await withNetwork(engine, graph, 3, randomState(graph, 1), (compiled) => compiled.infer(batch));
    const expected = toChannelsLast(logits, [3, shape.channels, shape.height, shape.width]);
    expect(actual).toHaveLength(expected.length);
    const tolerance = 1e-4 * Math.max(...expected.map(Math.abs));
    for (const [index, value] of actual.entries()) expect(Math.abs(value - expected[index]!)).toBeLessThan(tolerance);
    model.dispose();
  },
);

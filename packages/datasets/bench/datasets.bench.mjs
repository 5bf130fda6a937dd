/**
 * What the data path costs, on one core: a JSON line for each image shape with the images a second that leave a batch
 * source with crop and mirror, the best of several epochs; then a line with its share of the training steps of `small`
 * (engine-testing), measured in one training on the native engine.
 */
import { createBatchSource, loadDataset } from '@netspace/datasets';
import { loadEngine } from '@netspace/engine-native';
import { benchmarkNetworks, optimizer } from '@netspace/engine-testing';
import { buildGraph, initialState } from '@netspace/model-builder';

const epochs = 12;

async function batchSource({ imageSize, channels, trainImages }) {
  const spec = { name: 'synthetic', classes: 10, imageSize, channels, difficulty: 0.5, seed: 1 };
  const dataset = { ...(await loadDataset({ ...spec, trainImages, testImages: 10 })), mirrorable: true };
  return createBatchSource(dataset, { batchSize: 128, seed: 1, augmentation: { cropPadding: 4, mirror: true } });
}

function imagesPerSecond(source, epoch) {
  const start = performance.now();
  let images = 0;
  for (const batch of source.trainingBatches(epoch)) images += batch.count;
  return (1000 * images) / (performance.now() - start);
}

/** Trains for an epoch; milliseconds in which batches were made, and in which steps were made of them. */
function trainEpoch(network, source, epoch) {
  const spent = { data: 0, steps: 0 };
  let start = performance.now();
  for (const batch of source.trainingBatches(epoch)) {
    const made = performance.now();
    network.trainStep(batch, 0.1, 0);
    const done = performance.now();
    spent.data += made - start;
    spent.steps += done - made;
    start = done;
  }
  return spent;
}

async function shareOfSmall(engine) {
  const { config, batchSize } = benchmarkNetworks.small;
  const graph = buildGraph(config);
  const network = await engine.compile(graph, { batchSize, optimizer });
  network.setState(initialState(graph, 1));
  const trainImages = 24 * batchSize;
  const source = await batchSource({ imageSize: config.imageSize, channels: config.imageChannels, trainImages });
  trainEpoch(network, source, 0);
  const { data, steps } = trainEpoch(network, source, 1);
  const perImage = (milliseconds) => Number(((1000 * milliseconds) / trainImages).toFixed(1));
  return {
    ...{ bench: 'data path in a training of small', engine: engine.description },
    ...{
      data_us_per_image: perImage(data),
      step_us_per_image: perImage(steps),
      share: Number((data / steps).toFixed(4)),
    },
  };
}

for (const { imageSize, channels } of [
  { imageSize: 32, channels: 3 },
  { imageSize: 28, channels: 1 },
]) {
  const source = await batchSource({ imageSize, channels, trainImages: 8192 });
  const rates = Array.from({ length: epochs }, (_, epoch) => imagesPerSecond(source, epoch));
  const bench = `training batches, ${imageSize}x${imageSize}x${channels}`;
  console.log(JSON.stringify({ bench, per_second: Math.round(Math.max(...rates)) }));
}
const native = await loadEngine();
if (native.available) console.log(JSON.stringify(await shareOfSmall(native.engine)));
else console.log(`Skipped: the data path beside training (${native.reason})`);

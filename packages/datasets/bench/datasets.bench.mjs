/**
 * Images a second that leave a batch source with crop and mirror, on one core: one JSON line for each image shape, the
 * best of several epochs.
 */
import { createBatchSource, loadDataset } from '@netspace/datasets';

const epochs = 12;

for (const { imageSize, channels } of [
  { imageSize: 32, channels: 3 },
  { imageSize: 28, channels: 1 },
]) {
  const spec = { name: 'synthetic', classes: 10, imageSize, channels, difficulty: 0.5, seed: 1 };
  const dataset = { ...(await loadDataset({ ...spec, trainImages: 8192, testImages: 10 })), mirrorable: true };
  const augmentation = { cropPadding: 4, mirror: true };
  const source = createBatchSource(dataset, { batchSize: 128, seed: 1, augmentation });
  const rates = Array.from({ length: epochs }, (_, epoch) => imagesPerSecond(source, epoch));
  const bench = `training batches, ${imageSize}x${imageSize}x${channels}`;
  console.log(JSON.stringify({ bench, per_second: Math.round(Math.max(...rates)) }));
}

function imagesPerSecond(source, epoch) {
  const start = performance.now();
  let images = 0;
  for (const batch of source.trainingBatches(epoch)) images += batch.count;
  return (1000 * images) / (performance.now() - start);
}

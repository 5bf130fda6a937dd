import { expect, test } from '@jest/globals';
import { samplePopulation } from '@netspace/design-space';
import { createBatchSource } from '@netspace/datasets';
import { fixture } from './fixtures/netspace.js';
import { readStudy } from './study.js';
import { openStudyTraining, trainStudyNetwork } from './study-training.js';

test.each([
  ['', {}],
  [
    ' with a moving average and precise statistics',
    { movingAverage: { decay: 0.9, period: 1 }, preciseStatistics: { images: 32 } },
  ],
])('trainStudyNetwork(...)%s hands over the weights whose error is the outcome', async (_, own) => {
  const tiny = readStudy(fixture('tiny.yaml'));
  const study = { ...tiny, recipe: { ...tiny.recipe, ...own } };
  const training = await openStudyTraining(study, 'reference', 1);
  const { dataset, engine } = training;
  const { classes, imageSize, channels } = dataset;
  const setting = { stem: study.stem, headWidth: 0, classes, imageSize, imageChannels: channels };
  const [network] = samplePopulation({
    space: study.spaces[0]!,
    regime: study.regime,
    count: 1,
    seed: 1,
    setting,
  }).networks;
  const [graph, state, outcome] = await trainStudyNetwork(
    training,
    network!,
    { onProgress: () => undefined },
    async (trained) => [trained.graph, await trained.network.getState(), trained.outcome] as const,
  );

  const fresh = await engine.compile(graph, study.recipe);
  fresh.setState(state);
  const { batchSize, augmentation } = study.recipe;
  for (const batch of createBatchSource(dataset, { batchSize, seed: 1, augmentation }).evaluationBatches())
    fresh.evaluate(batch);
  const { top1Errors, images } = await fresh.takeMetrics();
  fresh.dispose();
  expect((100 * top1Errors) / images).toBe(outcome.error);
  expect(outcome.status).toBe('completed');
});

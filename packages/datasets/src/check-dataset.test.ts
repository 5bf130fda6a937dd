import { expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import { checkDataset } from './index.js';

const train = { count: 12, images: new Uint8Array(12), labels: new Uint16Array(12) };

test.each([1, 12])('checkDataset(dataset, { batchSize: %d }) passes 12 training images', (batchSize) => {
  expect(() => checkDataset({ train, standardDeviation: [0.1] }, { batchSize })).not.toThrow();
});

test('checkDataset(dataset, recipe) refuses a batch larger than the training part', () => {
  expect(() => checkDataset({ train, standardDeviation: [0.1] }, { batchSize: 13 })).toThrow(
    new InvalidInputError({
      key: 'recipe.batchSize',
      problem: 'got 13',
      expected: 'an integer from 1 to 12, the number of training images',
    }),
  );
});

test.each([0, NaN])('checkDataset(dataset, recipe) refuses a channel of standard deviation %d', (deviation) => {
  expect(() => checkDataset({ train, standardDeviation: [0.1, 0.2, deviation] }, { batchSize: 4 })).toThrow(
    `dataset: channel 2 of the training images has standard deviation ${deviation}`,
  );
});

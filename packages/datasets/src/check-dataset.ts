import { type Dataset, InvalidInputError, type Recipe } from '@netspace/contracts';

/**
 * Finds what would make every training on a dataset fail, before anything is trained.
 *
 * @throws InvalidInputError where the batch is larger than the training part (key `recipe.batchSize`), or a channel does
 * not vary, so cannot be normalised (key `dataset`).
 * @example
 * import { checkDataset, loadDataset } from '@netspace/datasets';
 * const dataset = await loadDataset({ name: 'mnist', trainImages: 100, testImages: 50 });
 * checkDataset(dataset, { batchSize: 100 });
 */
export function checkDataset(
  { train, standardDeviation }: Pick<Dataset, 'train' | 'standardDeviation'>,
  { batchSize }: Pick<Recipe, 'batchSize'>,
): void {
  if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= train.count)) {
    const expected = `an integer from 1 to ${train.count}, the number of training images`;
    throw new InvalidInputError({ key: 'recipe.batchSize', problem: `got ${batchSize}`, expected });
  }
  const flat = standardDeviation.findIndex((deviation) => !(deviation > 0));
  if (flat >= 0) {
    const problem = `channel ${flat} of the training images has standard deviation ${standardDeviation[flat]!}`;
    throw new InvalidInputError({ key: 'dataset', problem, expected: 'images that vary in every channel' });
  }
}

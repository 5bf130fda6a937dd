import { type Dataset, InvalidInputError } from '@netspace/contracts';
import { holdOut } from './hold-out.js';

/**
 * Finds what would make every training on a dataset fail, before anything is trained.
 *
 * @param recipe - A recipe, or its `batchSize` and `validation`.
 * @throws InvalidInputError where the batch is larger than the training part (key `recipe.batchSize`), or a channel does
 * not vary, so cannot be normalised (key `dataset`); as {@link holdOut} does.
 * @example
 * import { checkDataset, loadDataset } from '@netspace/datasets';
 * const dataset = await loadDataset({ name: 'mnist', trainImages: 100, testImages: 50 });
 * checkDataset(dataset, { batchSize: 100 });
 */
export function checkDataset(
  dataset: Pick<Dataset, 'train' | 'validation' | 'standardDeviation'>,
  { batchSize, validation }: { readonly batchSize: number; readonly validation?: number | undefined },
): void {
  const { standardDeviation } = dataset;
  const images = holdOut(dataset, validation).train.length;
  if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= images)) {
    const expected = `an integer from 1 to ${images}, the number of training images`;
    throw new InvalidInputError({ key: 'recipe.batchSize', problem: `got ${batchSize}`, expected });
  }
  const flat = standardDeviation.findIndex((deviation) => !(deviation > 0));
  if (flat >= 0) {
    const problem = `channel ${flat} of the training images has standard deviation ${standardDeviation[flat]!}`;
    throw new InvalidInputError({ key: 'dataset', problem, expected: 'images that vary in every channel' });
  }
}

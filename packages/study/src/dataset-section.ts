import type { ImageShape } from '@netspace/contracts';
import { datasetSchema } from '@netspace/datasets';
import { z } from 'zod';
import type { DatasetSection } from './study.js';
import { builtInDatasets, externalDataset } from './vocabulary.js';

/** Images of which a study tells the form alone: the evaluator brings them. */
export const externalSchema = z.strictObject({
  name: z.literal(externalDataset).meta({ description: 'Images that the evaluator brings: their form alone.' }),
  classes: z.int().min(2).max(65_535).meta({ description: 'Number of classes.' }),
  channels: z.literal([1, 3]).meta({ description: '1: grey. 3: red, green, blue.' }),
  imageSize: z.int().min(1).meta({ description: 'Height and width of every image.', unit: 'pixels' }),
}) satisfies z.ZodType<ImageShape>;

/** The form of a dataset's own keys; a plugin checks its dataset's itself. */
export function datasetSchemaOf(name: string): z.ZodType<DatasetSection> {
  if (name === externalDataset) return externalSchema;
  return builtInDatasets.includes(name) ? datasetSchema : z.looseObject({ name: z.string() });
}

/**
 * The form of the images that the evaluator of a study brings itself; null where the dataset is a real one, which knows its
 * own.
 *
 * @example
 * import { externalImages } from '@netspace/study';
 * externalImages({ name: 'mnist' }); // => null
 * const dataset = { name: 'external', classes: 10, channels: 3, imageSize: 32 };
 * externalImages(dataset)?.imageSize; // => 32
 */
export function externalImages(dataset: DatasetSection): ImageShape | null {
  if (dataset.name !== externalDataset) return null;
  const { classes, channels, imageSize } = externalSchema.parse(dataset);
  return { classes, channels, imageSize };
}

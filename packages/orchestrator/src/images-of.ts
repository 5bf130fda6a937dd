import type { ImageShape } from '@netspace/contracts';
import { describeDataset } from '@netspace/datasets';
import { externalImages, type Setting, type Study } from '@netspace/study';

/**
 * The form of each setting's images, by the setting's name. No image is read.
 *
 * @throws InvalidInputError where a dataset cannot say.
 */
export async function imagesOf(study: Study): Promise<Record<string, ImageShape>> {
  const shapes: [string, ImageShape][] = [];
  for (const setting of study.settings) shapes.push([setting.name, await shapeOf(setting, study)]);
  return Object.fromEntries(shapes);
}

async function shapeOf({ dataset }: Setting, { place, loaded }: Study): Promise<ImageShape> {
  const options = { place, kinds: loaded.extensions.datasets };
  return externalImages(dataset) ?? describeDataset(dataset, options);
}

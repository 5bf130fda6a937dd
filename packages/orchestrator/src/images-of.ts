import type { ImageShape } from '@netspace/contracts';
import { describeDataset, type PluginDatasetSpec } from '@netspace/datasets';
import { externalDataset, type Setting, type Study } from '@netspace/study';

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
  if (dataset.name === externalDataset) {
    const { classes, channels, imageSize } = dataset as unknown as ImageShape;
    return { classes, channels, imageSize };
  }
  return describeDataset(dataset as PluginDatasetSpec, { place, kinds: loaded.extensions.datasets });
}

import { contentHash } from '@netspace/content-hash';
import { type ImageShape, InvalidInputError } from '@netspace/contracts';
import { describeDataset } from '@netspace/datasets';
import { externalImages, type Setting, type Study, studyRecord } from '@netspace/study';
import type { RunContent } from './run-content.js';

/**
 * The form of each setting's images, by the setting's name. No image is read.
 *
 * @param before - What the run held: it tells the form where the files of an unchanged dataset are out of reach, on another
 * computer for instance.
 * @throws InvalidInputError where neither the dataset nor the run can say.
 */
export async function imagesOf(study: Study, before?: RunContent): Promise<Record<string, ImageShape>> {
  const shapes: [string, ImageShape][] = [];
  for (const setting of study.settings) shapes.push([setting.name, await shapeOf(setting, study, before)]);
  return Object.fromEntries(shapes);
}

async function shapeOf(setting: Setting, study: Study, before: RunContent | undefined): Promise<ImageShape> {
  const { place, loaded } = study;
  const options = { place, kinds: loaded.extensions.datasets };
  try {
    return externalImages(setting.dataset) ?? (await describeDataset(setting.dataset, options));
  } catch (error) {
    const kept = before && keptShape(setting, study, before);
    if (kept !== undefined && error instanceof InvalidInputError) return kept;
    throw error;
  }
}

/** The form that the run held, where the setting's dataset is the one that it was then. */
function keptShape({ name }: Setting, study: Study, { study: then, images }: RunContent): ImageShape | undefined {
  const [now, before] = [studyRecord(study), then].map(({ settings }) =>
    contentHash(settings.find((setting) => setting.name === name)?.dataset ?? null),
  );
  return now === before ? images[name] : undefined;
}

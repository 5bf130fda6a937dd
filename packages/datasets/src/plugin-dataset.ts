import { types } from 'node:util';
import {
  type DatasetKind,
  type ImageSet,
  type ImageShape,
  InvalidInputError,
  type LoadedDataset,
  type PluginOptions,
  type PluginPlace,
  type ReadImages,
} from '@netspace/contracts';
import { z } from 'zod';

/** A dataset of a plugin, by its name. */
export interface PluginDataset {
  readonly name: string;
  readonly kind: DatasetKind;
  readonly options: PluginOptions;
}

const shapeSchema = z.object({
  classes: z.int().min(1).max(65_535),
  channels: z.literal([1, 3]),
  imageSize: z.int().min(1),
});

/**
 * What a network must know of a plugin's dataset.
 *
 * @throws InvalidInputError naming the dataset, with what the plugin threw, or what is wrong with what it returned.
 */
export async function describePluginDataset(
  { name, kind, options }: PluginDataset,
  place: PluginPlace,
): Promise<ImageShape> {
  return checked(name, 'describe', shapeSchema, await called(name, () => kind.describe(options, place)));
}

/**
 * Loads a plugin's dataset.
 *
 * @throws InvalidInputError naming the dataset, with what the plugin threw, or what is wrong with what it returned.
 */
export async function loadPluginDataset(dataset: PluginDataset, place: PluginPlace): Promise<LoadedDataset> {
  const { name, kind, options } = dataset;
  const shape = await describePluginDataset(dataset, place);
  const loaded = await called(name, () => kind.load(options, place));
  checked(name, 'load', loadedSchema(shape), loaded);
  return loaded;
}

async function called<T>(name: string, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    // It says already where it is from.
    if (error instanceof InvalidInputError) throw error;
    const problem = `${name}: ${error instanceof Error ? error.message : String(error)}`;
    throw new InvalidInputError({ key: 'dataset', problem }, { cause: error });
  }
}

function checked<T>(name: string, method: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  const problem = `${name}: what ${method} returned is wrong at ${path.join('.') || 'its top'}: ${message}`;
  throw new InvalidInputError({ key: 'dataset', problem });
}

/** What `load` may return where `describe` returned a shape. */
function loadedSchema(shape: ImageShape): z.ZodType {
  const { classes, channels, imageSize } = shape;
  const byChannel = z.array(z.number()).length(channels).optional();
  const set = setSchema(shape);
  return z
    .object({
      classes: z.literal(classes, { error: `must be ${classes}, as described` }),
      channels: z.literal(channels, { error: `must be ${channels}, as described` }),
      imageSize: z.literal(imageSize, { error: `must be ${imageSize}, as described` }),
      mirrorable: z.boolean(),
      mean: byChannel,
      standardDeviation: byChannel,
      train: set,
      validation: set.optional(),
      test: set,
      contentRevision: z.string().min(1).optional(),
    })
    .refine(
      ({ train, validation, test, contentRevision }) =>
        contentRevision !== undefined || [train, validation, test].every((part) => typeof part?.images !== 'function'),
      { path: ['contentRevision'], error: 'must be there where images are read on the way' },
    );
}

function setSchema({ classes, channels, imageSize }: ImageShape): z.ZodType<ImageSet> {
  const imageBytes = channels * imageSize * imageSize;
  return z
    .object({
      count: z.int().min(1),
      images: z.custom<Uint8Array | ReadImages>(
        (value) => types.isUint8Array(value) || typeof value === 'function',
        'must be a Uint8Array, or a function that reads images',
      ),
      labels: z.custom<Uint16Array>(types.isUint16Array, 'must be a Uint16Array'),
    })
    .superRefine(({ count, images, labels }, context) => {
      const problem = (path: PropertyKey[], message: string): void =>
        context.addIssue({ code: 'custom', path, message });
      const bytes = count * imageBytes;
      if (typeof images !== 'function' && images.length !== bytes)
        problem(['images'], `must have ${bytes} bytes, ${count} images of ${imageBytes}, but has ${images.length}`);
      if (labels.length !== count) problem(['labels'], `must have ${count} values, but has ${labels.length}`);
      const wrong = labels.findIndex((label) => label >= classes);
      if (wrong >= 0) problem(['labels', wrong], `must be from 0 to ${classes - 1}, but is ${labels[wrong]!}`);
    });
}

import { setImmediate } from 'node:timers/promises';
import type { ImageSet, ImageShape } from '@netspace/contracts';
import { openRandom, type Random } from '@netspace/random';
import { z } from 'zod';
import type { BuiltInDataset } from './built-in-dataset.js';
import { datasetKeys } from './dataset-keys.js';
import { refuseFolder } from './dataset-place.js';

const schema = z.strictObject({
  name: z.literal('synthetic').meta({ description: 'Smooth random patterns, drawn from a seed.' }),
  classes: z.int().min(2).max(65_535).meta({ description: 'Number of classes.' }),
  imageSize: datasetKeys.imageSize,
  channels: datasetKeys.channels,
  trainImages: z.int().min(1).meta({ description: 'Images in the training part.', unit: 'images' }),
  testImages: z.int().min(1).meta({ description: 'Images in the test part.', unit: 'images' }),
  difficulty: z.number().min(0).max(1).meta({
    description: '0: all images of a class are the same. 1: images tell nothing of their class.',
  }),
  seed: z.int().meta({ description: 'Seed of the patterns.' }),
});

type SyntheticSpec = z.output<typeof schema>;

/** Waves a side: patterns are sums of 4 x 4 - 1 cosine waves, up to one and a half periods across. */
const frequencies = 4;
/** Images drawn between two moments in which the process is free. */
const imagesPerPause = 64;
const meanByte = 128;
const bytesPerDeviation = 40;

/**
 * Images of smooth random patterns: image = (1 - difficulty) * pattern of its class + difficulty * pattern of its own.
 *
 * Every pattern is drawn alike (independent standard normal weights of low cosine waves, by channel), so the difficulty
 * is the noise-to-signal ratio difficulty / (1 - difficulty), whatever the image size. Image i has class i modulo
 * `classes`; it depends on the seed and i alone, so a larger set begins with the smaller one.
 */
export const synthetic: BuiltInDataset<typeof schema> = {
  schema,
  async describe(spec, place) {
    refuseFolder('synthetic', place);
    return Promise.resolve(shapeOf(spec));
  },
  async load(spec, place, signal) {
    refuseFolder('synthetic', place);
    const draw = patternDrawer(spec);
    const prototypes = Array.from({ length: spec.classes }, (_, label) =>
      draw(openRandom(spec.seed, 'synthetic', 'class', label)),
    );
    const build = (set: string, count: number): Promise<ImageSet> => {
      const ownPattern = (index: number): Float32Array => draw(openRandom(spec.seed, 'synthetic', set, index));
      return buildSet(count, prototypes, spec.difficulty, ownPattern, signal);
    };
    const train = await build('train', spec.trainImages);
    const test = await build('test', spec.testImages);
    return { ...shapeOf(spec), mirrorable: false, train, test };
  },
};

const shapeOf = ({ classes, channels, imageSize }: SyntheticSpec): ImageShape => ({ classes, channels, imageSize });

async function buildSet(
  count: number,
  prototypes: readonly Float32Array[],
  difficulty: number,
  ownPattern: (index: number) => Float32Array,
  signal: AbortSignal | undefined,
): Promise<ImageSet> {
  const pixels = prototypes[0]!.length;
  const images = new Uint8ClampedArray(count * pixels);
  const labels = Uint16Array.from({ length: count }, (_, index) => index % prototypes.length);
  for (let index = 0; index < count; index++) {
    if (index % imagesPerPause === 0) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    const prototype = prototypes[labels[index]!]!;
    const own = ownPattern(index);
    for (let i = 0; i < pixels; i++) {
      const value = (1 - difficulty) * prototype[i]! + difficulty * own[i]!;
      images[index * pixels + i] = meanByte + bytesPerDeviation * value;
    }
  }
  return { count, images: new Uint8Array(images.buffer), labels };
}

/** Draws patterns [channels, size, size] of mean 0; a pixel's variance is 1 on average. */
function patternDrawer({ channels, imageSize }: SyntheticSpec): (random: Random) => Float32Array {
  const waves = cosineWaves(imageSize);
  const pixels = imageSize * imageSize;
  return (random) => {
    const pattern = new Float32Array(channels * pixels);
    for (let start = 0; start < pattern.length; start += pixels) {
      for (const wave of waves) {
        const weight = random.normal() / Math.sqrt(waves.length);
        for (let i = 0; i < pixels; i++) pattern[start + i]! += weight * wave[i]!;
      }
    }
    return pattern;
  };
}

/** The low waves of the two-dimensional cosine transform (DCT-II) without the constant, each of mean square 1. */
function cosineWaves(size: number): Float32Array[] {
  const wave = (frequency: number, position: number): number =>
    frequency === 0 ? 1 : Math.SQRT2 * Math.cos((Math.PI * frequency * (position + 0.5)) / size);
  const orders = Array.from({ length: frequencies ** 2 - 1 }, (_, i) => i + 1);
  return orders.map((order) => {
    const vertical = Math.floor(order / frequencies);
    const horizontal = order % frequencies;
    return Float32Array.from(
      { length: size ** 2 },
      (_, pixel) => wave(vertical, Math.floor(pixel / size)) * wave(horizontal, pixel % size),
    );
  });
}

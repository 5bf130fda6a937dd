import { z } from 'zod';

/** The keys that several kinds of datasets have. */
export const datasetKeys = {
  directory: z.string().min(1).optional(),
  trainImages: z.int().min(1).optional().meta({
    description: 'Training images of a class-balanced subset; all where it is left out.',
    unit: 'images',
  }),
  testImages: z.int().min(1).optional().meta({
    description: 'Test images of a class-balanced subset; all where it is left out.',
    unit: 'images',
  }),
  imageSize: z.int().min(4).meta({ description: 'Height and width of every image.', unit: 'pixels' }),
  channels: z.literal([1, 3]).meta({ description: '1: grey. 3: red, green, blue.' }),
  mirrorable: z.boolean().default(false).meta({
    description: 'Whether an image keeps its class when mirrored left to right: photographs do, digits do not.',
  }),
  split: z
    .strictObject({
      test: z.number().positive().lt(1).default(0.2).meta({ description: 'Share of each class for the test part.' }),
      validation: z.number().min(0).lt(1).default(0).meta({
        description: 'Share of each class for the validation part; 0: there is none.',
      }),
      seed: z.int().default(1).meta({ description: 'Seed of the draw: the same one gives the same parts.' }),
    })
    .refine(({ test, validation }) => test + validation < 1, { error: 'test + validation must be below 1' })
    .optional()
    .meta({ description: 'Draws the parts from one set of images, class by class, in place of parts that lie apart.' }),
} as const;

/** How one set of images is drawn into parts. */
export type Split = NonNullable<z.output<(typeof datasetKeys)['split']>>;

import { recipeSchema } from '@netspace/trainer/recipe';
import { z } from 'zod';
import { regimeSchema } from './regime-schema.js';

const stem = z.strictObject({
  type: z.string().default('res_stem_cifar').meta({
    description: 'Stem type: a shipped one, or one of a plugin.',
  }),
  width: z.int().min(1).default(16).meta({ description: 'Output channels of the stem.', unit: 'channels' }),
});

const stageCount = z.int().min(1);
const stages = z.union([stageCount, z.tuple([stageCount, stageCount])], {
  error: 'an integer of at least 1, or [low, high]',
});

/** What a setting is made of; the keys of a dataset are checked by its kind. */
export const settingSchema = z.strictObject({
  regime: regimeSchema.meta({
    description: 'Limits on the complexity of every network; a list of regimes is a setting for each.',
  }),
  stem: stem.prefault({}).meta({ description: 'Stem of every network.' }),
  block: z.string().optional().meta({
    description: "Block type of every network, instead of the spaces' own.",
  }),
  stages: stages.optional().meta({
    description: "Number of stages, or its range, instead of the spaces' own.",
    unit: 'stages',
  }),
  dataset: z.looseObject({ name: z.string() }).meta({
    description: 'The images, by the name of their kind.',
  }),
  imageSize: z.int().min(1).optional().meta({
    description: 'Height and width of every image, of a dataset whose imageSize can be chosen.',
    unit: 'pixels',
  }),
  recipe: recipeSchema.prefault({}).meta({
    description: 'How each network is trained.',
  }),
});

/** The keys of a setting as a study file or one of its settings says them: anything, until all is put together. */
export const settingKeys = Object.fromEntries(
  Object.keys(settingSchema.shape).map((key) => [key, z.unknown().optional()]),
) as { [Key in keyof typeof settingSchema.shape]: z.ZodOptional<z.ZodUnknown> };

import { recipeSchema } from '@netspace/trainer';
import { z } from 'zod';
import { regimeSchema } from './regime-schema.js';

const stageCount = z.int().min(1);

/** The stem of every network. */
export const stemSchema = z.strictObject({
  type: z.string().default('res_stem_cifar').meta({
    description: 'Stem type: shipped, or of a plugin.',
    example: 'simple_stem_in',
  }),
  width: z.int().min(1).default(16).meta({ description: 'Output channels.', unit: 'channels', example: 8 }),
});

/** The number of stages of every network, instead of the spaces' own. */
export const stagesSchema = z.union([stageCount, z.tuple([stageCount, stageCount])], {
  error: 'an integer of at least 1, or [low, high]',
});

/** What a setting is made of, with defaults; a dataset's own keys are checked by its kind. */
export const settingSchema = z.strictObject({
  regime: regimeSchema,
  stem: stemSchema.prefault({}),
  block: z.string().optional(),
  stages: stagesSchema.optional(),
  dataset: z.looseObject({ name: z.string() }),
  imageSize: z.int().min(1).optional(),
  recipe: recipeSchema.prefault({}),
});

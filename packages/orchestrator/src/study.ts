import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from '@netspace/config-file';
import type { Regime } from '@netspace/contracts';
import { datasetSchema } from '@netspace/datasets';
import { designSpaceSchema } from '@netspace/design-space';
import { recipeSchema } from '@netspace/trainer';
import { z } from 'zod';
import { engineNames } from './engines.js';

const rangeSchema = z
  .tuple([z.number().nonnegative(), z.number().nonnegative()])
  .refine(([low, high]) => low <= high, { error: 'the low end is above the high end' })
  .transform(([low, high]) => ({ low, high }));

const stemSchema = z.strictObject({ type: z.string(), width: z.int().min(1) });

/** A study file: which populations are drawn, on what they are trained, and how. */
export const studySchema = z.strictObject({
  /** Name of the study's folder of results. */
  name: z.string().regex(/^[\w.-]+$/, { error: 'may hold letters, digits, ".", "_" and "-" only' }),
  /** Seed of everything that is drawn at random. */
  seed: z.int().min(0).default(1),
  /** Design spaces: shipped ones by name, YAML files by their path (`./my-space.yaml`), or definitions. */
  spaces: z.array(z.union([z.string(), designSpaceSchema])).min(1),
  /** Modules that register further block types, by path. */
  blocks: z.array(z.string()).default([]),
  /** Networks drawn from each space. */
  networks: z.int().min(1),
  /** Limits on complexity, [low, high]: flops in multiply-adds, params and acts in elements. */
  regime: z.strictObject({
    flops: rangeSchema.optional(),
    params: rangeSchema.optional(),
    acts: rangeSchema.optional(),
  }),
  /** Stem of every network. */
  stem: stemSchema.default({ type: 'res_stem_cifar', width: 16 }),
  dataset: datasetSchema,
  recipe: recipeSchema,
  engine: z.enum(engineNames as [string, ...string[]]).default('auto'),
});

/** A study as read from its file, with every default filled in. */
export interface Study extends Omit<z.output<typeof studySchema>, 'regime'> {
  readonly regime: Regime;
  /** Absolute path of the file it was read from. */
  readonly file: string;
}

/**
 * Reads a study file.
 *
 * @throws InvalidInputError naming file, line and key of the first problem.
 */
export function readStudy(file: string): Study {
  const { regime, ...study } = readConfig(file, studySchema);
  return { ...study, regime: definedLimits(regime), file: resolve(file) };
}

function definedLimits(regime: z.output<typeof studySchema>['regime']): Regime {
  return Object.fromEntries(Object.entries(regime).filter(([, range]) => range !== undefined));
}

/** A path of a study file is meant from the folder of that file. */
export function pathInStudy(study: Study, path: string): string {
  return resolve(dirname(study.file), path);
}

/** Imports the modules that register further block types. */
export async function registerStudyBlocks(study: Study): Promise<void> {
  for (const module of study.blocks) await import(pathToFileURL(pathInStudy(study, module)).href);
}

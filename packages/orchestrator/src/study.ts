import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from '@netspace/config-file';
import { InvalidInputError, type Regime } from '@netspace/contracts';
import { datasetSchema } from '@netspace/datasets';
import { type DesignSpace, designSpaceSchema, findDesignSpace, readDesignSpace } from '@netspace/design-space';
import { recipeSchema } from '@netspace/trainer';
import { z } from 'zod';
import { engineNames } from './engines.js';

const limitSchema = z
  .tuple([z.number().nonnegative(), z.number().nonnegative()])
  .refine(([low, high]) => low <= high, { error: 'the low end is above the high end' })
  .transform(([low, high]) => ({ low, high }));

/** A study file: which populations are drawn, on what they are trained, and how. */
export const studySchema = z.strictObject({
  /** Name of the study and of its folder of results. */
  name: z.string().regex(/^[\w.-]+$/, { error: 'letters, digits, ".", "_" and "-"' }),
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
    flops: z.exactOptional(limitSchema),
    params: z.exactOptional(limitSchema),
    acts: z.exactOptional(limitSchema),
  }) satisfies z.ZodType<Regime>,
  /** Stem of every network. */
  stem: z.strictObject({ type: z.string().default('res_stem_cifar'), width: z.int().min(1).default(16) }).prefault({}),
  dataset: datasetSchema,
  recipe: recipeSchema,
  engine: z.enum(engineNames).default('auto'),
});

/** A study as read from its file, with every default filled in and its spaces resolved. */
export interface Study extends Omit<z.output<typeof studySchema>, 'spaces'> {
  readonly spaces: readonly DesignSpace[];
  /** Absolute path of the folder of its file; paths in the file are meant from there. */
  readonly directory: string;
}

/** What the command line decides instead of the study file. */
export interface StudyOverrides {
  /** Folder of the dataset's files. */
  readonly data?: string;
  readonly engine?: string;
}

/**
 * Reads a study file.
 *
 * @throws InvalidInputError naming file, line and key of the first problem.
 */
export function readStudy(file: string, overrides: StudyOverrides = {}): Study {
  const study = readConfig(file, studySchema);
  const directory = dirname(resolve(file));
  const spaces = study.spaces.map((space, index) => {
    if (typeof space !== 'string') return space;
    return resolveSpace(space, directory, { file, key: `spaces[${index}]` });
  });
  checkDistinct(spaces, file);
  checkModules(study.blocks, directory, file);
  const { engine = study.engine } = overrides;
  return { ...study, dataset: withDirectory(study.dataset, directory, overrides.data), engine, spaces, directory };
}

/** Imports the modules that register further block types. */
export async function registerStudyBlocks({ blocks, directory }: Study): Promise<void> {
  for (const module of blocks) await import(pathToFileURL(resolve(directory, module)).href);
}

function resolveSpace(space: string, directory: string, place: { file: string; key: string }): DesignSpace {
  if (/\.(ya?ml|json)$/.test(space)) return readDesignSpace(resolve(directory, space));
  try {
    return findDesignSpace(space);
  } catch (error) {
    if (error instanceof InvalidInputError) throw new InvalidInputError({ ...error.input, ...place });
    throw error;
  }
}

function checkDistinct(spaces: readonly DesignSpace[], file: string): void {
  const names = spaces.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new InvalidInputError({
    file,
    key: 'spaces',
    problem: `"${twice}" is there twice`,
    expected: 'distinct names',
  });
}

function checkModules(blocks: readonly string[], directory: string, file: string): void {
  const missing = blocks.findIndex((module) => !existsSync(resolve(directory, module)));
  if (missing === -1) return;
  const problem = `there is no file ${resolve(directory, blocks[missing]!)}`;
  const expected = 'the path of a module, meant from the folder of the study file';
  throw new InvalidInputError({ file, key: `blocks[${missing}]`, problem, expected });
}

/** The dataset with its folder: from the command line as it is, or from the study file, meant from that file's folder. */
function withDirectory(dataset: Study['dataset'], directory: string, data: string | undefined): Study['dataset'] {
  if (dataset.name !== 'cifar10') {
    if (data === undefined) return dataset;
    throw new InvalidInputError({ key: '--data', problem: `the dataset ${dataset.name} reads no folder` });
  }
  const own = dataset.directory === undefined ? undefined : resolve(directory, dataset.directory);
  const chosen = data === undefined ? own : resolve(data);
  if (chosen !== undefined && existsSync(chosen)) return { ...dataset, directory: chosen };
  const problem = chosen === undefined ? 'no folder is given' : `there is no folder ${chosen}`;
  const expected = '--data DIR, or dataset.directory in the study file: the folder of data_batch_1.bin';
  throw new InvalidInputError({ key: 'dataset.directory', problem, expected });
}

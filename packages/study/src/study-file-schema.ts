import { definitionSchema, type Distributions } from '@netspace/design-space';
import { z } from 'zod';
import { checkSetting } from './check-setting.js';
import { draftSettings } from './draft-settings.js';
import { evaluatorSchema } from './evaluator-schema.js';
import { nameSchema, repeatedName } from './name-schema.js';
import { resolveSpaces } from './resolve-spaces.js';
import { settingKeys } from './setting-schema.js';
import type { EvaluatorSection, Setting, StudyRecord } from './study.js';
import { StudyProblem } from './study-problem.js';
import { automaticEngine, checkKnown, externalDataset, type Vocabulary } from './vocabulary.js';

const settingsSchema = z.union(
  [
    z.array(z.strictObject({ name: nameSchema, ...settingKeys })).min(1),
    z.record(z.string(), z.array(z.unknown()).min(1)),
  ],
  { error: 'a list of settings with names, or a map from what they change to lists of values' },
);

/** The keys of a study file beside those of a setting. */
export const studyKeys = {
  name: nameSchema.meta({ description: 'Name of the study and of its folder of results.', example: 'quickstart' }),
  seed: z.int().min(0).default(1).meta({ description: 'Seed of everything that is drawn at random.', example: 7 }),
  plugins: z.array(z.string().min(1)).default([]).meta({
    description:
      'Modules that bring blocks, stems, distributions, datasets, engines, evaluators or figures: paths, or packages of npm.',
    example: '[./mine.mjs, some-npm-package]',
  }),
  spaces: z
    .array(z.union([z.string(), definitionSchema]))
    .min(1)
    .meta({
      description: 'Design spaces: shipped ones by name, YAML files by path, or definitions, which may extend each other.',
      example: '[AnyNetX-A, ./narrow.yaml, { name: wide, extends: RegNetX }]',
    }),
  networks: z.int().min(1).meta({
    description: 'Networks drawn from each space in each setting.',
    example: 500,
  }),
  replicates: z.int().min(1).default(1).meta({
    description: 'Trainings of each network, each from seeds of its own.',
    example: 3,
  }),
  engine: z.string().default(automaticEngine).meta({
    description: 'What trains: `native`, `tfjs`, `reference`, one of a plugin, or `auto`, the first that is available.',
    example: 'native',
  }),
  evaluator: evaluatorSchema.optional().meta({
    description: 'What turns a network into a result, where that is not training on the engine.',
    example: '{ command: [python3, train.py] }',
  }),
  settings: settingsSchema.optional().meta({
    description:
      'What varies beside the space: a list of named settings, or a matrix, of which each combination is a setting.',
    example: '{ block: [x, vr], recipe.precision: [float32, bfloat16] }',
  }),
};

const fileSchema = z.strictObject({ ...studyKeys, ...settingKeys });

/** What a study file is read against. */
export interface StudyContext {
  /** Absolute path of the study file's folder. */
  readonly directory: string;
  readonly distributions: Distributions;
  readonly vocabulary: Vocabulary;
}

/** The form of a study file; it parses to the complete, checked study. */
export function studyFileSchema(context: StudyContext): z.ZodType<Omit<StudyRecord, 'plugins'>> {
  return fileSchema.transform((file, refinement) => {
    try {
      return studyOf(file, context);
    } catch (error) {
      if (!(error instanceof StudyProblem)) throw error;
      refinement.addIssue({ ...error.issue, input: file });
      return z.NEVER;
    }
  });
}

function studyOf(file: z.output<typeof fileSchema>, context: StudyContext): Omit<StudyRecord, 'plugins'> {
  const { name, seed, networks, replicates, engine, evaluator = { kind: 'train' }, spaces, settings, ...rest } = file;
  const { plugins, ...base } = rest;
  checkKnown(['engine'], engine, context.vocabulary.engine);
  if (evaluator.kind === 'plugin') checkKnown(['evaluator', 'name'], evaluator.name, context.vocabulary.evaluator);
  const drafts = draftSettings(settings === undefined ? { base } : { base, settings });
  checkNames(drafts.map((draft) => draft.name));
  const resolved = resolveSpaces(spaces, context);
  const checked = drafts.map((draft) => checkSetting(draft, { ...context, spaces: resolved }));
  checked.forEach(({ dataset }) => checkImages(dataset.name, evaluator));
  return { name, seed, networks, replicates, engine, evaluator, settings: checked };
}

function checkNames(names: readonly string[]): void {
  const repeated = repeatedName(names);
  if (repeated === undefined) return;
  const expected = 'settings that differ, in a list with names that differ in more than case';
  throw StudyProblem.of(['settings'], `"${repeated}" is there twice`, expected);
}

function checkImages(dataset: string, evaluator: EvaluatorSection): void {
  if (dataset !== externalDataset || evaluator.kind !== 'train') return;
  const expected = 'an evaluator that brings its images, or a dataset to train on';
  throw StudyProblem.of(['dataset'], `of ${externalDataset} images only their form is known`, expected);
}

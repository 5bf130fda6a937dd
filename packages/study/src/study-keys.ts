import { designSpaceListSchema } from '@netspace/design-space';
import { slurmSectionSchema } from '@netspace/slurm';
import { z } from 'zod';
import { analysisKeys } from './analysis-keys.js';
import { evaluatorSchema } from './evaluator-schema.js';
import { latencySchema } from './latency-schema.js';
import { nameSchema } from './name-schema.js';
import { refineSchema } from './refine-schema.js';
import { settingKeys } from './setting-schema.js';
import { automaticEngine } from './vocabulary.js';

/** The modules of a study, which are loaded before the rest of its file is read. */
export const pluginsSchema = z.array(z.string().min(1)).default([]).meta({
  description:
    'Modules that bring blocks, stems, distributions, datasets, engines, evaluators, figures, claims or refinements: paths, or packages of npm.',
});

const settingsSchema = z.union(
  [
    z.array(z.strictObject({ name: nameSchema, ...settingKeys })).min(1),
    z.record(z.string(), z.array(z.unknown()).min(1)),
  ],
  { error: 'a list of settings with names, or a map from what they change to lists of values' },
);

/** The keys of a study file beside those of a setting; its spaces here are those that need no file and no plugin. */
export const studyKeys = {
  name: nameSchema.meta({ description: 'Name of the study and of its folder of results.' }),
  seed: z.int().min(0).default(1).meta({ description: 'Seed of everything that is drawn at random.' }),
  plugins: pluginsSchema,
  spaces: designSpaceListSchema().meta({
    description:
      'Design spaces: shipped ones by name, YAML files by path, or definitions, which may extend each other.',
  }),
  networks: z.int().min(1).meta({
    description: 'Networks drawn from each space in each setting.',
  }),
  replicates: z.int().min(1).default(1).meta({
    description: 'Trainings of each network, each from a seed of its own.',
  }),
  replicated: z.exactOptional(z.int().min(1)).meta({
    description:
      'Networks of each population, the first ones, that are trained `replicates` times, the others once; all where left out.',
  }),
  engine: z.string().default(automaticEngine).meta({
    description: 'What trains: `native`, `tfjs`, `reference`, one of a plugin, or `auto`, the first that is available.',
  }),
  evaluator: evaluatorSchema.optional().meta({
    description: 'What turns a network into a result, where that is not training on the engine.',
  }),
  ...analysisKeys,
  latency: z.exactOptional(latencySchema).meta({
    description: 'What `netspace study latency` measures; single images on `engine` where left out.',
  }),
  refine: z.exactOptional(refineSchema).meta({
    description: 'How `netspace refine` refines the space of a study that has one.',
  }),
  slurm: z.exactOptional(slurmSectionSchema).meta({
    description:
      'What `netspace study submit --slurm` asks a cluster for, beside what a profile says. It decides no result.',
  }),
  settings: settingsSchema.optional().meta({
    description:
      'What varies beside the space: a list of named settings, or a matrix, of which each combination is a setting.',
  }),
};

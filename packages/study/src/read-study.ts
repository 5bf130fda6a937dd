import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { readConfig } from '@netspace/config-file/node';
import { type Extensions, InvalidInputError } from '@netspace/contracts';
import { shippedDistributions } from '@netspace/design-space';
import { type LoadedPlugins, loadPlugins } from '@netspace/plugins';
import { z } from 'zod';
import type { Study } from './study.js';
import { studyFileSchema, studyKeys } from './study-file-schema.js';
import { nameFault, vocabularyOf } from './vocabulary.js';

/** What the command line decides besides the study file. */
export interface StudyOverrides {
  /** Folder of the dataset's files, meant from the current folder. */
  readonly data?: string;
  readonly engine?: string;
  /** Further plugin modules: paths, meant from the current folder, or packages of npm. */
  readonly plugins?: readonly string[];
}

/**
 * Reads a study file: plugins loaded, settings put together, spaces resolved, everything checked that needs no images.
 *
 * @throws InvalidInputError naming file, line, key and value of the first problem and what would be valid.
 */
export async function readStudy(file: string, overrides: StudyOverrides = {}): Promise<Study> {
  const directory = dirname(resolve(file));
  const loaded = await loadedPlugins(file, directory, overrides.plugins ?? []);
  const { extensions } = loaded;
  const vocabulary = vocabularyOf(extensions);
  const distributions = { ...shippedDistributions, ...extensions.distributions };
  const study = readConfig(file, studyFileSchema({ directory, distributions, vocabulary }));
  const { engine = study.engine, data } = overrides;
  checkEngine(engine, vocabulary.engine);
  return {
    ...study,
    engine,
    plugins: [],
    file,
    place: { studyDirectory: directory, ...(data === undefined ? {} : { dataDirectory: resolve(data) }) },
    loaded,
  };
}

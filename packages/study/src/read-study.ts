import { dirname, resolve } from 'node:path';
import { parseConfig, unknownName } from '@netspace/config-file';
import { readText } from '@netspace/config-file/node';
import { InvalidInputError } from '@netspace/contracts';
import { spaceFiles } from '@netspace/design-space/node';
import { distributionsOf } from './extended.js';
import { pluginRecords, readStudyPlugins } from './read-study-plugins.js';
import type { Study } from './study.js';
import { studyFileSchema } from './study-file-schema.js';
import { vocabularyOf } from './vocabulary.js';

/** What the command line decides besides the study file. */
export interface StudyOverrides {
  /** Folder of the dataset's files, meant from the current folder. */
  readonly data?: string;
  readonly engine?: string;
  /** What the engine must compute with: `avx2`. Results of one instruction set have the same last bits. */
  readonly instructionSet?: string;
  /** Further plugin modules: paths, meant from the current folder, or packages of npm. */
  readonly plugins?: readonly string[];
}

/**
 * Reads a study file: plugins loaded, settings put together, spaces resolved, everything checked that needs no images.
 *
 * @throws InvalidInputError naming file, line, key and value of the first problem and what would be valid.
 * @example
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { armsOf, newStudyText, readStudy } from '@netspace/study';
 * const file = join(mkdtempSync(join(tmpdir(), 'study-')), 'study.yaml');
 * writeFileSync(file, newStudyText('first'));
 * const study = await readStudy(file, { engine: 'reference' });
 * armsOf(study).map(({ name }) => name); // => ['AnyNetX-A', 'RegNetX']
 */
export async function readStudy(file: string, overrides: StudyOverrides = {}): Promise<Study> {
  const directory = dirname(resolve(file));
  const text = readText(file);
  const loaded = await readStudyPlugins({ text, file, directory }, overrides.plugins ?? []);
  const vocabulary = vocabularyOf(loaded.extensions);
  const distributions = distributionsOf(loaded.extensions);
  const spaces = { distributions, finder: spaceFiles(directory, { distributions }) };
  const study = parseConfig(text, file, studyFileSchema({ spaces, vocabulary }));
  const { engine = study.engine, data, instructionSet } = overrides;
  checkEngine(engine, vocabulary.engine);
  const place = { studyDirectory: directory, ...(data === undefined ? {} : { dataDirectory: resolve(data) }) };
  const required = instructionSet === undefined ? {} : { instructionSet };
  return { ...study, engine, ...required, plugins: pluginRecords(loaded), file, place, loaded };
}

function checkEngine(engine: string, known: readonly string[]): void {
  if (!known.includes(engine)) throw new InvalidInputError({ key: '--engine', ...unknownName(engine, known) });
}

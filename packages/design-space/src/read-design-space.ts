import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { readConfig } from '@netspace/config-file/node';
import { DefinitionProblem } from './definition-problem.js';
import { designSpaceSchema } from './design-space-schema.js';
import type { DesignSpace } from './design-space.js';
import type { SpaceFinder, SpaceOptions } from './space-options.js';

/** What the files of spaces may speak of besides what is shipped. */
export type SpaceFileOptions = Pick<SpaceOptions, 'distributions'>;

/**
 * Reads a design space from a YAML file. It may extend a shipped space, or another file by its path, which is meant from
 * the file's own folder.
 *
 * @param file - Path of a definition; the README shows one.
 * @throws InvalidInputError naming file, line, key and value of the first problem and what would be valid.
 * @example
 * import { readDesignSpace } from '@netspace/design-space/node';
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * const folder = mkdtempSync(join(tmpdir(), 'netspace-'));
 * writeFileSync(join(folder, 'narrow.yaml'), 'name: narrow\nextends: AnyNetX-E\nparameters:\n  w: { high: 256 }\n');
 * writeFileSync(join(folder, 'shallow.yaml'), 'name: shallow\nextends: ./narrow.yaml\nparameters:\n  d: { high: 8 }\n');
 * const space = readDesignSpace(join(folder, 'shallow.yaml'));
 * space.parameters['w']; // => { distribution: 'log_uniform', low: 8, high: 256, quantum: 8 }
 */
export function readDesignSpace(file: string, options: SpaceFileOptions = {}): DesignSpace {
  return readExtending(file, options, []);
}

/**
 * Finds spaces in YAML files: `./narrow.yaml` is a path from a folder.
 *
 * @param directory - The folder.
 * @example
 * import { defineDesignSpace } from '@netspace/design-space';
 * import { spaceFiles } from '@netspace/design-space/node';
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * const folder = mkdtempSync(join(tmpdir(), 'netspace-'));
 * writeFileSync(join(folder, 'narrow.yaml'), 'name: narrow\nextends: AnyNetX-E\nparameters:\n  w: { high: 256 }\n');
 * const deep = defineDesignSpace({ name: 'deep', extends: 'narrow.yaml', stages: 5 }, { finder: spaceFiles(folder) });
 * deep.stages; // => { low: 5, high: 5 }
 */
export function spaceFiles(directory: string, options: SpaceFileOptions = {}): SpaceFinder {
  return filesFrom(directory, options, []);
}

/** @param extending - The files that wait for this one: each extends the next. */
function readExtending(file: string, options: SpaceFileOptions, extending: readonly string[]): DesignSpace {
  const finder = filesFrom(dirname(file), options, [...extending, file]);
  return readConfig(file, designSpaceSchema({ ...options, finder }));
}

function filesFrom(directory: string, options: SpaceFileOptions, extending: readonly string[]): SpaceFinder {
  return {
    names: ['the path of a YAML file'],
    find(name) {
      if (!/\.(ya?ml|json)$/.test(name)) return undefined;
      const file = isAbsolute(name) ? name : join(directory, name);
      checkFile(name, file, extending);
      return readExtending(file, options, extending);
    },
  };
}

function checkFile(name: string, file: string, extending: readonly string[]): void {
  const given = `got ${JSON.stringify(name)}`;
  if (!existsSync(file))
    throw new DefinitionProblem([], `${given}, but there is no file ${resolve(file)}`, 'the path of a YAML file');
  const start = extending.findIndex((other) => resolve(other) === resolve(file));
  if (start === -1) return;
  const circle = [...extending.slice(start), file].join(' extends ');
  throw new DefinitionProblem([], `${given}, a circle: ${circle}`, 'a file that does not extend this one');
}

import { resolve } from 'node:path';
import { InvalidInputError, type PluginPlace } from '@netspace/contracts';

/** The folder that a dataset reads, where one is named: `--data`, else its `directory`, meant from the study's folder. */
export function namedFolder(directory: string | undefined, place: PluginPlace): string | undefined {
  if (place.dataDirectory !== undefined) return resolve(place.dataDirectory);
  return directory === undefined ? undefined : resolve(place.studyDirectory, directory);
}

/**
 * The folder that a dataset reads.
 *
 * @param expected - What must be in it.
 * @throws InvalidInputError where none is named.
 */
export function requireFolder(directory: string | undefined, place: PluginPlace, expected: string): string {
  const folder = namedFolder(directory, place);
  if (folder !== undefined) return folder;
  throw new InvalidInputError({ key: 'dataset.directory', problem: 'missing', expected: `${expected}; or --data DIR` });
}

/** @throws InvalidInputError where `--data` is given to a dataset that reads no folder. */
export function refuseFolder(name: string, { dataDirectory }: PluginPlace): void {
  if (dataDirectory === undefined) return;
  const problem = `got ${dataDirectory}, but the dataset ${name} reads no folder`;
  throw new InvalidInputError({ key: '--data', problem, expected: `no --data with ${name}` });
}

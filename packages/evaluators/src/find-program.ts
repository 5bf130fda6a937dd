import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';

/**
 * Finds a program as the system will: by its path where it has a slash, else on the PATH.
 *
 * @throws InvalidInputError where there is none.
 */
export function findProgram(program: string, directory: string): string {
  const isPath = program.includes('/') || isAbsolute(program);
  const candidates = isPath
    ? [resolve(directory, program)]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  const place = isPath ? resolve(directory, program) : 'the PATH';
  const problem = `no program ${JSON.stringify(program)}`;
  throw new InvalidInputError({ key: 'evaluator.command[0]', problem, expected: `an executable file at ${place}` });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

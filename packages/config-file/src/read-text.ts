import { readFileSync } from 'node:fs';
import { InvalidInputError } from '@netspace/contracts';

/**
 * A text file's content.
 *
 * @throws InvalidInputError where it cannot be read.
 * @example
 * import { readText } from '@netspace/config-file/node';
 * readText('package.json').startsWith('{'); // => true
 */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const problem = `cannot be read: ${(error as Error).message}`;
    throw new InvalidInputError({ file, problem, expected: 'a readable text file' }, { cause: error });
  }
}

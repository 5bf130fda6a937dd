import { readFileSync } from 'node:fs';
import { InvalidInputError } from '@netspace/contracts';
import type { z } from 'zod';
import { parseConfig } from './parse-config.js';

/**
 * Reads a YAML (or JSON) file against a schema: {@link parseConfig} on the file's content.
 *
 * @throws InvalidInputError where the file cannot be read, or for the first problem in it.
 */
export function readConfig<T>(file: string, schema: z.ZodType<T>): T {
  return parseConfig(readText(file), file, schema);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const problem = `cannot be read: ${(error as Error).message}`;
    throw new InvalidInputError({ file, problem, expected: 'a readable YAML file' }, { cause: error });
  }
}

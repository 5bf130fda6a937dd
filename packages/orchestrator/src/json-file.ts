import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';

/** Writes a file whole or not at all: to a temporary name first, then renamed. */
export function writeFileWhole(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

/** Writes a value as indented JSON. */
export function writeJson(file: string, value: unknown): void {
  writeFileWhole(file, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Reads a JSON file that an earlier step wrote.
 *
 * @param step - The command that writes it, for the message where it is missing.
 * @throws InvalidInputError where the file is missing or damaged.
 */
export function readJson(file: string, step: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const problem = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'is damaged';
    throw new InvalidInputError({ file, problem, expected: `what \`${step}\` writes` }, { cause: error });
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Engine, InvalidInputError } from '@netspace/contracts';
import type { Check, CheckResult } from './check.js';
import { checks } from './checks.js';

/** What a check found in one reference file. */
export interface FileResult {
  /** Path of the reference file. */
  readonly file: string;
  /** One for each tolerance that the check has. */
  readonly results: readonly CheckResult[];
  /** Whether every worst error is within its tolerance, and there was something to compare. */
  readonly passed: boolean;
}

/**
 * Compares an engine and the maths with every reference file below a folder.
 *
 * A reference file is a JSON list of rows whose file name has a check; other files are left alone.
 *
 * @param engine - Runs the checks of engines.
 * @param onResult - Called with the result of each file as it comes.
 * @throws InvalidInputError where the folder holds no reference file, or a file is damaged.
 */
export async function verifyDirectory(
  directory: string,
  engine: Engine,
  onResult?: (result: FileResult) => void,
): Promise<FileResult[]> {
  const results: FileResult[] = [];
  for (const [file, check] of referenceFiles(directory)) {
    const found = await runCheck(check, file, engine);
    const result = { file, results: found, passed: found.every(passes) };
    results.push(result);
    onResult?.(result);
  }
  return results;
}

const passes = ({ cases, worstError, tolerance }: CheckResult): boolean => cases > 0 && worstError <= tolerance;

function referenceFiles(directory: string): [string, Check][] {
  const files = listFiles(directory).flatMap((file): [string, Check][] => {
    const check = checks.find((candidate) => candidate.file === basename(file));
    return check === undefined ? [] : [[file, check]];
  });
  if (files.length > 0) return files;
  const expected = checks.map(({ file }) => file).join(', ');
  throw new InvalidInputError({ file: directory, problem: 'holds no reference file', expected });
}

function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((file) => join(directory, file));
  } catch (error) {
    const problem = `cannot be read: ${(error as Error).message}`;
    throw new InvalidInputError({ file: directory, problem }, { cause: error });
  }
}

async function runCheck(check: Check, file: string, engine: Engine): Promise<CheckResult[]> {
  try {
    const rows: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!Array.isArray(rows)) throw new TypeError('is no list of rows');
    return await check.run(rows, engine);
  } catch (error) {
    throw new InvalidInputError({ file, problem: (error as Error).message }, { cause: error });
  }
}

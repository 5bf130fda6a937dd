import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Engine, InvalidInputError } from '@netspace/contracts';
import type { Check, CheckResult } from './check.js';
import { checks } from './checks.js';

/** What became of one file below the folder. */
export type FileResult =
  | {
      /** Its path. */
      readonly file: string;
      /** `passed`: every worst error is within its tolerance, and there was something to compare. */
      readonly outcome: 'passed' | 'failed';
      /** One for each tolerance that the check has. */
      readonly results: readonly CheckResult[];
    }
  | { readonly file: string; readonly outcome: 'no check' };

/**
 * Compares an engine and the maths with every reference file below a folder.
 *
 * A reference file is a JSON list of rows whose file name has a check; NaN in it, which Python writes, is read as null.
 * Files without a check are among the results as well: nobody is to take them for verified. Only Markdown and hidden
 * files are passed over.
 *
 * @param engine - Runs the checks of engines.
 * @param onResult - Called with the result of each file as it comes.
 * @throws InvalidInputError where no file below the folder has a check, or a file is damaged.
 */
export async function verifyDirectory(
  directory: string,
  engine: Engine,
  onResult?: (result: FileResult) => void,
): Promise<FileResult[]> {
  const files = filesBelow(directory);
  if (!files.some((file) => checkOf(file) !== undefined)) throw nothingToCheck(directory, files);
  const results: FileResult[] = [];
  for (const file of files) {
    const result = await verifyFile(file, engine);
    results.push(result);
    onResult?.(result);
  }
  return results;
}

async function verifyFile(file: string, engine: Engine): Promise<FileResult> {
  const check = checkOf(file);
  if (check === undefined) return { file, outcome: 'no check' };
  const results = await runCheck(check, file, engine);
  return { file, outcome: results.every(passes) ? 'passed' : 'failed', results };
}

const passes = ({ cases, worstError, tolerance }: CheckResult): boolean => cases > 0 && worstError <= tolerance;

function checkOf(file: string): Check | undefined {
  return checks.find((candidate) => candidate.file === basename(file));
}

function nothingToCheck(directory: string, files: readonly string[]): InvalidInputError {
  const found = files.length === 0 ? '' : `; no check for ${files.map((file) => basename(file)).join(', ')}`;
  const expected = checks.map(({ file }) => file).join(', ');
  return new InvalidInputError({ file: directory, problem: `holds no reference file${found}`, expected });
}

function filesBelow(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !/^\.|\.md$/i.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    const problem = `cannot be read: ${(error as Error).message}`;
    throw new InvalidInputError({ file: directory, problem }, { cause: error });
  }
}

async function runCheck(check: Check, file: string, engine: Engine): Promise<CheckResult[]> {
  try {
    const rows: unknown = JSON.parse(withoutNaN(readFileSync(file, 'utf8')));
    if (!Array.isArray(rows)) throw new TypeError('is no list of rows');
    return await check.run(rows, engine);
  } catch (error) {
    throw new InvalidInputError({ file, problem: (error as Error).message }, { cause: error });
  }
}

/** Python's json writes NaN where a value is undefined; JSON has null for it. */
function withoutNaN(text: string): string {
  return text.replace(/(?<=[[:,]\s*)NaN(?=\s*[,\]}])/g, 'null');
}

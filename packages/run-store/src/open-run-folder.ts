import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';
import { takeLock } from './lock.js';
import { namesIn } from './names-in.js';
import { makeFolder } from './new-folder.js';
import { RunFolder } from './run-folder.js';

/** What a crash may leave behind before there is a run: a lock, a draft of run.json. */
const leftovers = /^run\.(lock|lock\..*|json\..*\.tmp)$/;

/**
 * Opens the folder of a run, or one that may become a run: missing or empty. Nothing is changed.
 *
 * @throws InvalidInputError where it holds a run of netspace 0.1.0's earlier format, or files that are no run.
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { isFresh, openRunFolder } from '@netspace/run-store';
 * const folder = await openRunFolder(mkdtempSync(join(tmpdir(), 'run-')));
 * await isFresh(folder); // => true
 */
export async function openRunFolder(directory: string): Promise<RunFolder> {
  if (directory === '') {
    throw new InvalidInputError({ problem: 'the name of the run folder is empty', expected: 'a folder, as runs/mine' });
  }
  const folder = new RunFolder(directory);
  if (await isFresh(folder)) return folder;
  if (await isEarlierRun(directory)) throw earlierRun(directory);
  if (!(await isRun(folder))) throw await noRun(folder);
  return folder;
}

/** Whether nothing is in the folder yet, of netspace's or anybody's. */
export async function isFresh({ directory }: RunFolder): Promise<boolean> {
  return (await namesIn(directory)).every((name) => leftovers.test(name));
}

/**
 * Takes the lock of a run's folder, before anything in it is changed. Where there is no folder, it is made, and removed
 * with the lock if it is still empty then.
 *
 * @returns The function that gives the lock up.
 * @throws InvalidInputError where another process holds it (the folder is left as it is), or it cannot be written.
 */
export async function lockRunFolder({ directory }: RunFolder): Promise<() => Promise<void>> {
  const removeIfEmpty = await makeFolder(directory);
  try {
    const unlock = await takeLock(join(directory, 'run.lock'));
    return async () => {
      await unlock();
      await removeIfEmpty();
    };
  } catch (error) {
    await removeIfEmpty();
    throw error;
  }
}

async function isRun({ run }: RunFolder): Promise<boolean> {
  const value = await readJson(run);
  // What is wrong with a damaged one is told when it is read.
  return value === 'damaged' || schemaOf(value) === 'netspace/run';
}

/** Netspace 0.1.0 knew no run.json: it wrote records.jsonl and populations without a schema. */
async function isEarlierRun(directory: string): Promise<boolean> {
  const names = await namesIn(directory);
  if (names.includes('run.json')) return false;
  if (names.includes('records.jsonl')) return true;
  const population = await firstPopulation(directory);
  return typeof population === 'object' && schemaOf(population) === undefined;
}

/** What the first file of populations holds; undefined where there is none. */
async function firstPopulation(directory: string): Promise<unknown> {
  const [name] = await namesIn(join(directory, 'populations'));
  return name === undefined ? undefined : readJson(join(directory, 'populations', name));
}

async function noRun({ directory, run }: RunFolder): Promise<InvalidInputError> {
  if (!existsSync(run) && schemaOf(await firstPopulation(directory)) === 'netspace/population') {
    const problem = 'there is no such file, which says what study the run in this folder is of';
    return new InvalidInputError({ file: run, problem, expected: 'the file as it was written, or another --out' });
  }
  const problem = 'holds files that are no run of netspace';
  return new InvalidInputError({ file: directory, problem, expected: 'a new or empty folder, or one of a run' });
}

function earlierRun(directory: string): InvalidInputError {
  const problem =
    'holds a run in the earlier format of netspace 0.1.0: its results do not say which images they were trained on, ' +
    'so they cannot be taken over';
  const expected = 'another --out; the folder is left as it is';
  return new InvalidInputError({ file: directory, problem, expected });
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'damaged';
  }
}

function schemaOf(value: unknown): string | undefined {
  const schema = (value as { schema?: unknown } | null | undefined)?.schema;
  return typeof schema === 'string' ? schema : undefined;
}

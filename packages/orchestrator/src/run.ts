import { type Change, describeChanges } from '@netspace/content-hash';
import { InvalidInputError, type TrainingRecord } from '@netspace/contracts';
import { isFresh, openRunFolder, readArtefact, type RunFolder, writeArtefact } from '@netspace/run-store';
import { type Arm, armsOf, type Study, studyChanges, studyRecord } from '@netspace/study/record';
import { type RunContent, runKind } from './run-content.js';

/** A folder that holds a run. */
export interface Run {
  readonly folder: RunFolder;
  readonly content: RunContent;
  readonly arms: readonly Arm[];
}

/**
 * Opens the folder of a run for reading. Nothing in it is changed, and nothing else is needed: no study file, no images,
 * no plugins.
 *
 * @throws InvalidInputError where the folder holds no run, or one that was edited or made by another version.
 */
export async function openRun(directory: string): Promise<Run> {
  const folder = await openRunFolder(directory);
  if (await isFresh(folder)) {
    throw new InvalidInputError({
      file: directory,
      problem: 'holds no run',
      expected: 'what `netspace study run` writes',
    });
  }
  const content = await readContent(folder);
  return { folder, content, arms: armsOf(content.study) };
}

/**
 * Opens the folder of a study's run for reading, and checks that it is of the study as its file is now.
 *
 * @throws InvalidInputError as {@link openRun}, and where the study has changed since: what differs.
 */
export async function openRunOf(study: Study, directory: string): Promise<Run> {
  const run = await openRun(directory);
  const record = studyRecord(study);
  const { changes, growth } = studyChanges(run.content.study, record);
  if (changes.length > 0) throw changedStudy(run.folder, changes, `the study as it was, or another --out`);
  if (growth.length > 0)
    throw changedStudy(run.folder, growth, '`netspace study run --resume`, which trains what is new');
  // What is computed of results may change at any time: it is as the file says now.
  const { compare, matched, claims } = record;
  return { ...run, content: { ...run.content, study: { ...run.content.study, compare, matched, claims } } };
}

function changedStudy({ run }: RunFolder, changes: readonly Change[], expected: string): InvalidInputError {
  const problem = `the run was made of another study: ${describeChanges(changes)}`;
  return new InvalidInputError({ file: run, problem, expected });
}

/**
 * What the file `run.json` holds, which nothing writes anew: it says what all others are of.
 *
 * @throws InvalidInputError where it is damaged.
 */
export async function readContent(folder: RunFolder): Promise<RunContent> {
  try {
    return (await readArtefact(folder.run, runKind)).content;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const expected = 'the file as it was written, or another --out';
    throw new InvalidInputError({ ...error.input, expected }, { cause: error });
  }
}

/** Whether a record says something of its network. */
export function hasResult({ status }: Pick<TrainingRecord, 'status'>): boolean {
  return status !== 'failed';
}

/** Writes what makes the folder a run. */
export async function writeRun(folder: RunFolder, content: RunContent): Promise<void> {
  await writeArtefact(folder.run, runKind, { made: {}, content });
}

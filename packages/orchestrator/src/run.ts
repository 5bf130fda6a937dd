import { type Change, changesBetween, describeChanges } from '@netspace/content-hash';
import { InvalidInputError, type TrainingRecord } from '@netspace/contracts';
import {
  isFresh,
  lockRunFolder,
  openRunFolder,
  readArtefact,
  readRecords,
  type RunFolder,
  writeArtefact,
} from '@netspace/run-store';
import { type Arm, armsOf, type Study, studyChanges, studyRecord } from '@netspace/study';
import { imagesOf } from './images-of.js';
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

/** A run that is being made or goes on: its folder is locked. */
export interface OpenRun {
  readonly folder: RunFolder;
  /** The study as its file is now. */
  readonly study: Study;
  /** What the folder held when it was opened; undefined where it is new. */
  readonly before: RunContent | undefined;
  readonly arms: readonly Arm[];
  /** Lets others write. */
  close(): Promise<void>;
}

/**
 * Begins a study's run in a folder, or goes on with it: the folder is locked until it is closed, and unchanged so far.
 *
 * As long as nothing is trained, the study may change. After that it may only grow or shrink, and only with `resume`.
 *
 * @param resume - Go on where there are results already.
 * @throws InvalidInputError where another process writes to the folder, the folder is not of this study, or there are
 * results and `resume` is not set. The folder is left as it was.
 */
export async function beginRun(study: Study, directory: string, resume: boolean): Promise<OpenRun> {
  const folder = await openRunFolder(directory);
  const close = await lockRunFolder(folder);
  try {
    const before = (await isFresh(folder)) ? undefined : await readContent(folder);
    if (before !== undefined) await checkContinuation(folder, before, study, resume);
    return { folder, study, before, arms: armsOf(study), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of the file `run.json`, which nothing writes anew: it says what all others are of. */
async function readContent(folder: RunFolder): Promise<RunContent> {
  try {
    return (await readArtefact(folder.run, runKind)).content;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const expected = 'the file as it was written, or another --out';
    throw new InvalidInputError({ ...error.input, expected }, { cause: error });
  }
}

async function checkContinuation(folder: RunFolder, before: RunContent, study: Study, resume: boolean): Promise<void> {
  const done = (await readRecords(folder)).records.filter(hasResult).length;
  if (done === 0) return;
  const { changes: ofStudy } = studyChanges(before.study, studyRecord(study));
  const changes = ofStudy.length > 0 ? ofStudy : imageChanges(before, await imagesOf(study));
  if (changes.length > 0) {
    const problem = `${trainings(done)} made, and the study has changed since: ${describeChanges(changes)}`;
    throw new InvalidInputError({ file: folder.run, problem, expected: 'the study as it was, or another --out' });
  }
  if (resume) return;
  const expected = '--resume to train the others, or another --out';
  throw new InvalidInputError({ file: folder.directory, problem: `${trainings(done)} made already`, expected });
}

/** What differs in the form of the images of the settings that were there: it decides which networks are drawn. */
function imageChanges({ images: before }: RunContent, now: RunContent['images']): Change[] {
  return Object.entries(now).flatMap(([setting, shape]) =>
    before[setting] === undefined ? [] : changesBetween(before[setting], shape, `images of ${setting}`),
  );
}

const trainings = (count: number): string => (count === 1 ? '1 training is' : `${count} trainings are`);

/** Whether a record says something of its network. */
export function hasResult({ status }: TrainingRecord): boolean {
  return status !== 'failed';
}

/** Writes what makes the folder a run. */
export async function writeRun(folder: RunFolder, content: RunContent): Promise<void> {
  await writeArtefact(folder.run, runKind, { made: {}, content });
}

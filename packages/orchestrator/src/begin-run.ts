import { type Change, changesBetween, describeChanges } from '@netspace/content-hash';
import { InvalidInputError } from '@netspace/contracts';
import { isFresh, lockRunFolder, openRunFolder, readRecords, type RunFolder } from '@netspace/run-store';
import { type Arm, armsOf, type Study, studyChanges, studyRecord } from '@netspace/study';
import { imagesOf } from './images-of.js';
import { hasResult, readContent } from './run.js';
import type { RunContent } from './run-content.js';

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

async function checkContinuation(folder: RunFolder, before: RunContent, study: Study, resume: boolean): Promise<void> {
  const done = (await readRecords(folder)).records.filter(hasResult).length;
  if (done === 0) return;
  const { changes: ofStudy } = studyChanges(before.study, studyRecord(study));
  const changes = ofStudy.length > 0 ? ofStudy : imageChanges(before, await imagesOf(study, before));
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

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingIdentity } from '@netspace/contracts';
import { cannotRead } from './cannot-read.js';
import type { CheckpointPlace } from './checkpoint-place.js';
import { fileNameOf } from './file-name-of.js';
import { namesIn } from './names-in.js';
import type { RunFolder } from './run-folder.js';
import { writeFileWhole } from './write-file-whole.js';

/**
 * The place of a training's checkpoint in the folder of its run: the file `checkpoints/<training>.checkpoint`, written whole
 * and flushed. It is removed when a result of the training is kept ({@link openRecords}).
 */
export function checkpointFile(folder: RunFolder, training: TrainingIdentity): CheckpointPlace {
  const name = fileNameOf(nameOf(training));
  const file = join(folder.checkpoints, name);
  return {
    name: file,
    async read() {
      // What one that was killed has left half-written.
      await removeAll(folder, (found) => found.startsWith(`${name}.`));
      return readIfThere(file);
    },
    write: (parts) => writeFileWhole(file, parts),
  };
}

/**
 * Removes the checkpoints of trainings that need none any more. One that cannot be removed stays.
 *
 * @param trainings - Those that have a result.
 */
export async function dropCheckpoints(folder: RunFolder, trainings: readonly TrainingIdentity[]): Promise<void> {
  const names = new Set(trainings.map((training) => fileNameOf(nameOf(training))));
  const endings = /(\.checkpoint)(\.[0-9a-f]+\.tmp)?$/;
  await removeAll(folder, (found) => names.has(found.replace(endings, '$1')));
}

const nameOf = ({ network, conditions, replicate }: TrainingIdentity): string =>
  `${network.id}-${conditions}-${replicate}.checkpoint`;

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cannotRead(file, error, 'a checkpoint, or none');
  }
}

async function removeAll({ checkpoints }: RunFolder, isMeant: (name: string) => boolean): Promise<void> {
  try {
    for (const name of (await namesIn(checkpoints)).filter(isMeant)) await rm(join(checkpoints, name), { force: true });
  } catch {
    // It is removed the next time, or in the way of nobody.
  }
}

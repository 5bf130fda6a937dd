import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, type Checkpoints, InvalidInputError, type TrainingIdentity } from '@netspace/contracts';
import { cannotRead } from './cannot-read.js';
import { type CheckpointOrigin, formatCheckpoint, parseCheckpoint } from './checkpoint-file.js';
import { fileNameOf } from './file-name-of.js';
import { namesIn } from './names-in.js';
import type { RunFolder } from './run-folder.js';
import { writeFileWhole } from './write-file-whole.js';

/** How the checkpoints of a training are kept. */
export interface CheckpointOptions {
  /** Called with a line for people: where it goes on, or why it cannot. */
  readonly tell: (message: string) => void;
  /** Milliseconds from one to the next, at least; 60,000 where it is left out. */
  readonly period?: number;
}

/** What keeping one costs, of the time in between, at most. */
const shareOfTime = 0.02;

/**
 * The checkpoints of one training in the folder of its run: the file `checkpoints/<training>.checkpoint`, written whole and
 * flushed, and replaced by the next. Several processes may keep checkpoints of one training, as where one was taken for gone
 * that goes on: the file is always one of theirs, and each of them leads to the same result.
 *
 * What is torn, altered, of another training, of other conditions or of another instruction set is told and not gone on from.
 * The file is removed when a result of the training is kept ({@link openRecords}).
 *
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openCheckpoints, RunFolder } from '@netspace/run-store';
 * const folder = new RunFolder(mkdtempSync(join(tmpdir(), 'run-')));
 * const origin = { network: 'n0', conditions: 'c', replicate: 0, seed: 1, instructionSet: 'avx2' };
 * const told: string[] = [];
 * const open = (instructionSet: string) =>
 *   openCheckpoints(folder, { ...origin, instructionSet }, { tell: (message) => told.push(message) });
 * await open('avx2').keep({
 *   ...{ epochs: [], step: 5, images: 10, seconds: { training: 1, epoch: 1, steps: 1 } },
 *   metrics: { images: 0, lossSum: 0, top1Errors: 0, top5Errors: 0 },
 *   network: new Map([['weight', Float32Array.of(1, 2)]]),
 * });
 * (await open('avx2').last())?.network.get('weight'); // => Float32Array.of(1, 2)
 * await open('avx512_512').last(); // => undefined
 * told[0]; // => 'goes on in epoch 1, after 5 steps'
 * told[1]?.endsWith('is of something else: instructionSet: "avx2" then, "avx512_512" now'); // => true
 */
export function openCheckpoints(
  folder: RunFolder,
  origin: CheckpointOrigin,
  { tell, period = 60_000 }: CheckpointOptions,
): Checkpoints {
  const name = fileNameOf(nameOf({ ...origin, network: { id: origin.network } }));
  const file = join(folder.checkpoints, name);
  let pause = period;
  let ended = performance.now();
  return {
    async last() {
      // What one that was killed has left half-written.
      await removeAll(folder, (found) => found.startsWith(`${name}.`));
      try {
        const checkpoint = await read(file, origin);
        if (checkpoint !== undefined)
          tell(`goes on in epoch ${checkpoint.epochs.length + 1}, after ${checkpoint.step} steps`);
        return checkpoint;
      } catch (error) {
        if (!(error instanceof InvalidInputError)) throw error;
        tell(`begins anew: ${error.message}`);
        return undefined;
      }
    },
    isDue: () => performance.now() - ended >= pause,
    async keep(checkpoint) {
      const start = performance.now();
      try {
        await writeFileWhole(file, formatCheckpoint(origin, checkpoint));
      } catch (error) {
        if (!(error instanceof InvalidInputError)) throw error;
        tell(`goes on without a checkpoint: ${error.message}`);
      }
      ended = performance.now();
      pause = Math.max(period, (ended - start) / shareOfTime);
    },
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

async function read(file: string, origin: CheckpointOrigin): Promise<Checkpoint | undefined> {
  try {
    return parseCheckpoint(await readFile(file), origin);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (error instanceof InvalidInputError) throw new InvalidInputError({ ...error.input, file }, { cause: error });
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

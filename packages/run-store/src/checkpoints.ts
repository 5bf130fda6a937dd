import { type Checkpoint, type Checkpoints, InvalidInputError } from '@netspace/contracts';
import { type CheckpointOrigin, formatCheckpoint, parseCheckpoint } from './checkpoint-format.js';
import type { CheckpointPlace } from './checkpoint-place.js';

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
 * The checkpoints of one training, each in place of the last. Several processes may keep checkpoints of one training, as where
 * one was taken for gone that goes on: what is there is always whole and one of theirs, and each of them leads to the same
 * result.
 *
 * What is torn, altered, of another training, of other conditions or of another instruction set is told and not gone on from.
 *
 * @param place - Where they are: {@link checkpointFile}, or on a server.
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { checkpointFile, openCheckpoints, RunFolder } from '@netspace/run-store';
 * const folder = new RunFolder(mkdtempSync(join(tmpdir(), 'run-')));
 * const place = checkpointFile(folder, { network: { id: 'n0' }, conditions: 'c', replicate: 0 });
 * const origin = { network: 'n0', conditions: 'c', replicate: 0, seed: 1, instructionSet: 'avx2' };
 * const told: string[] = [];
 * const open = (instructionSet: string) =>
 *   openCheckpoints(place, { ...origin, instructionSet }, { tell: (message) => told.push(message) });
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
  place: CheckpointPlace,
  origin: CheckpointOrigin,
  { tell, period = 60_000 }: CheckpointOptions,
): Checkpoints {
  let pause = period;
  let ended = performance.now();
  return {
    async last() {
      try {
        const checkpoint = await read(place, origin);
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
        await place.write(formatCheckpoint(origin, checkpoint));
      } catch (error) {
        if (!(error instanceof InvalidInputError)) throw error;
        tell(`goes on without a checkpoint: ${error.message}`);
      }
      ended = performance.now();
      pause = Math.max(period, (ended - start) / shareOfTime);
    },
  };
}

async function read(place: CheckpointPlace, origin: CheckpointOrigin): Promise<Checkpoint | undefined> {
  const bytes = await place.read();
  if (bytes === undefined) return undefined;
  try {
    return parseCheckpoint(bytes, origin);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new InvalidInputError({ ...error.input, file: place.name }, { cause: error });
  }
}

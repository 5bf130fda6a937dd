import { InvalidInputError, type TrainingIdentity } from '@netspace/contracts';
import type { CheckpointPlace } from '@netspace/run-store';
import type { Redis } from 'ioredis';
import { QueueAddress } from './queue-address.js';
import { checkpointKey, type QueuedRun, queueName } from './queued-run.js';
import { within } from './within.js';

/** What a process is told that keeps checkpoints on the server of a queue: plain data. It holds the password. */
export interface CheckpointRoom {
  readonly address: string;
  readonly queue: string;
}

/** Bytes of a checkpoint, at most. */
const most = 256e6;
/** Seconds that a server keeps one that nobody goes on with. */
const keeps = 3 * 24 * 3600;
/** Milliseconds that a server has to take one, or to give it. */
const patience = 6000;

/**
 * Where the checkpoints of the trainings of a queue are: on its server, each under a key of its own, for three days. The
 * process that leads a run removes those of which it keeps a result.
 *
 * A training waits at most six seconds for the server: where that does not answer, it goes on without, and what was
 * kept before stays.
 *
 * @example
 * import { QueueAddress, QueuedCheckpoints } from '@netspace/queue';
 * const run = { name: 'mine', conditions: {}, hashes: [] };
 * const checkpoints = new QueuedCheckpoints(QueuedCheckpoints.roomOf(QueueAddress.of('redis://:secret@host'), run));
 * const { name } = checkpoints.of({ network: { id: 'n0' }, conditions: 'c', replicate: 0 });
 * name; // => 'redis://host:6379 netspace:mine-44136fa355b3678a:checkpoint-c-n0-0'
 * await checkpoints.close();
 */
export class QueuedCheckpoints {
  private readonly address: QueueAddress;
  private opening: Promise<Redis> | undefined;

  /** Connects when it is first asked for a checkpoint. */
  constructor(private readonly room: CheckpointRoom) {
    this.address = QueueAddress.of(room.address, {});
  }

  /** What a process is to be told that trains for a run. */
  static roomOf(address: QueueAddress, run: QueuedRun): CheckpointRoom {
    return { address: address.withPassword(), queue: queueName(run) };
  }

  /** The place of a training's checkpoint. What is larger than 256 MB is refused. */
  of(training: TrainingIdentity): CheckpointPlace {
    const key = checkpointKey(this.room.queue, training);
    return {
      name: `${String(this.address)} ${key}`,
      read: async () => (await this.ask((redis) => redis.getBuffer(key))) ?? undefined,
      write: async (parts) => {
        const bytes = parts.reduce((sum, part) => sum + part.length, 0);
        if (bytes > most) throw tooLarge(bytes);
        await this.ask((redis) => redis.set(key, Buffer.concat(parts), 'EX', keeps));
      },
    };
  }

  async close(): Promise<void> {
    const { opening } = this;
    this.opening = undefined;
    (await opening?.catch(() => undefined))?.disconnect();
  }

  /** @throws InvalidInputError where the server refuses it, or does not answer. */
  private async ask<Answer>(question: (redis: Redis) => Promise<Answer>): Promise<Answer> {
    this.opening ??= this.address.connect();
    const settled = this.opening.then(question).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error: error as Error }),
    );
    const result = await within(patience, settled);
    if (result !== undefined && 'answer' in result) return result.answer;
    // What waits for a server that is gone would be held until it is back.
    void this.close();
    const error = result?.error ?? new Error(`no answer within ${patience / 1000} s`);
    throw error instanceof InvalidInputError ? error : this.address.refusal(error);
  }
}

function tooLarge(bytes: number): InvalidInputError {
  const problem = `a checkpoint of ${megabytes(bytes)} is too large for a queue`;
  return new InvalidInputError({ problem, expected: `at most ${megabytes(most)}, or a shared folder` });
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

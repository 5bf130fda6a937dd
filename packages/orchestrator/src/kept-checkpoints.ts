import { type Checkpoints, type EvaluationControl, type TrainingTask } from '@netspace/contracts';
import type { CheckpointRoom, QueuedCheckpoints } from '@netspace/queue';
import { checkpointFile, type CheckpointOptions, openCheckpoints, RunFolder } from '@netspace/run-store';

/** Where the trainings of a worker leave how far they are, and the milliseconds from one checkpoint to the next. */
export type CheckpointsKept = Pick<CheckpointOptions, 'period'> &
  (
    | { /** The run's folder. */ readonly directory: string }
    | { /** The server of its queue. */ readonly server: CheckpointRoom }
  );

/** The checkpoints of the trainings of one worker. */
export class KeptCheckpoints {
  private constructor(
    private readonly kept: CheckpointsKept,
    private readonly instructionSet: string | null,
    private readonly place: RunFolder | QueuedCheckpoints,
  ) {}

  static async open(kept: CheckpointsKept, instructionSet: string | null): Promise<KeptCheckpoints> {
    return new KeptCheckpoints(kept, instructionSet, await openPlace(kept));
  }

  of(task: TrainingTask, { onNotice }: EvaluationControl): Checkpoints {
    const { network, conditions, replicate, seed } = task;
    const origin = { network: network.id, conditions, replicate, seed, instructionSet: this.instructionSet };
    const tell = (message: string): void => onNotice?.(message);
    const place = this.place instanceof RunFolder ? checkpointFile(this.place, task) : this.place.of(task);
    return openCheckpoints(place, origin, { ...this.kept, tell });
  }

  async close(): Promise<void> {
    if (!(this.place instanceof RunFolder)) await this.place.close();
  }
}

async function openPlace(kept: CheckpointsKept): Promise<RunFolder | QueuedCheckpoints> {
  if ('directory' in kept) return new RunFolder(kept.directory);
  const { QueuedCheckpoints } = await import('@netspace/queue');
  return new QueuedCheckpoints(kept.server);
}

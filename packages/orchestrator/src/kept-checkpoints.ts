import { type Checkpoints, type EvaluationControl, type TrainingTask } from '@netspace/contracts';
import { type CheckpointRoom, QueuedCheckpoints } from '@netspace/queue';
import {
  checkpointFile,
  type CheckpointOptions,
  type CheckpointPlace,
  openCheckpoints,
  RunFolder,
} from '@netspace/run-store';

/** Where the trainings of a worker leave how far they are, and the milliseconds from one checkpoint to the next. */
export type CheckpointsKept = Pick<CheckpointOptions, 'period'> &
  (
    | { /** The run's folder. */ readonly directory: string }
    | { /** The server of its queue. */ readonly server: CheckpointRoom }
  );

/** The checkpoints of the trainings of one worker. */
export class KeptCheckpoints {
  private readonly placeOf: (task: TrainingTask) => CheckpointPlace;
  private readonly server: QueuedCheckpoints | undefined;

  constructor(
    private readonly kept: CheckpointsKept,
    private readonly instructionSet: string | null,
  ) {
    if ('server' in kept) {
      const server = new QueuedCheckpoints(kept.server);
      this.server = server;
      this.placeOf = (task) => server.of(task);
    } else {
      this.placeOf = (task) => checkpointFile(new RunFolder(kept.directory), task);
    }
  }

  of(task: TrainingTask, { onNotice }: EvaluationControl): Checkpoints {
    const { network, conditions, replicate, seed } = task;
    const origin = { network: network.id, conditions, replicate, seed, instructionSet: this.instructionSet };
    const tell = (message: string): void => onNotice?.(message);
    return openCheckpoints(this.placeOf(task), origin, { ...this.kept, tell });
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}

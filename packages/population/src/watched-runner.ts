import {
  type Runner,
  type RunnerWorker,
  type TrainingTask,
  type TrainingWatch,
  WorkerLost,
  type WorkerResult,
} from '@netspace/contracts';
import { FormerTimes } from './former-times.js';
import { HangWatch } from './hang-watch.js';

/** Seconds that nothing may be heard for at the beginning, where no speed is known yet. */
export interface Patience {
  /** Of a worker that starts; an hour where it is left out. */
  readonly start?: number;
  /** Of a training until its first progress; an hour where it is left out. */
  readonly firstProgress?: number;
}

const anHour = 3600;

const seconds = (): number => performance.now() / 1000;

/**
 * A runner whose workers are ended where they hang, and are lost then.
 *
 * A training that has told progress hangs where it tells none for longer than all of it takes at its own speed, and a minute
 * besides. How long others took is a limit, too, and the only one before its first progress and as a worker starts: five times as
 * long as the longest of them (a training of more flops in proportion longer), and a minute. `patience` counts in the beginning
 * where it is less, as where there are no others. Trainings are compared with those of the same conditions that told progress.
 *
 * For workers that begin at once with what they are given: what waits for a place elsewhere would be taken for one that hangs.
 *
 * @example
 * import { WatchedRunner } from '@netspace/population';
 * const worker = { description: {}, train: () => Promise.reject(new Error()), stop: () => Promise.resolve() };
 * const slow = { start: () => new Promise((resolve) => setTimeout(resolve, 10, worker)) };
 * const runner = new WatchedRunner(slow as never, { firstProgress: 600 });
 * await (await runner.start(new AbortController().signal)).stop();
 */
export class WatchedRunner implements Runner {
  private readonly starts = new FormerTimes();
  private readonly trainings = new Map<string, FormerTimes>();
  private readonly patience: Required<Patience>;

  constructor(
    private readonly runner: Runner,
    { start = anHour, firstProgress = anHour }: Patience = {},
  ) {
    this.patience = { start, firstProgress };
  }

  async start(signal: AbortSignal): Promise<RunnerWorker> {
    const begin = seconds();
    const hang = new AbortController();
    const others = (): number => this.starts.patience(1);
    const watch = new HangWatch(seconds, others, this.patience.start, (seen) => hang.abort(new WorkerLost(seen)));
    try {
      const worker = await this.runner.start(AbortSignal.any([signal, hang.signal]));
      this.starts.add(seconds() - begin, 1);
      return new WatchedWorker(worker, this.trainings, this.patience.firstProgress);
    } finally {
      watch.end();
    }
  }
}

class WatchedWorker implements RunnerWorker {
  readonly description: RunnerWorker['description'];

  constructor(
    private readonly worker: RunnerWorker,
    /** Of those under the same conditions that told progress. */
    private readonly former: Map<string, FormerTimes>,
    private readonly mostSeconds: number,
  ) {
    this.description = worker.description;
  }

  async train(task: TrainingTask, watch: TrainingWatch): Promise<WorkerResult> {
    const { flops } = task.network.complexity;
    const former = this.former.get(task.conditions) ?? new FormerTimes();
    this.former.set(task.conditions, former);
    const begin = seconds();
    let hang: string | undefined;
    const others = (): number => former.patience(flops);
    const hangs = new HangWatch(seconds, others, this.mostSeconds, (seen) => {
      hang = seen;
      // What goes wrong as it stops is seen where it is awaited.
      void this.stop().catch(() => undefined);
    });
    try {
      const result = await this.worker.train(task, watchedBy(hangs, watch));
      if (hangs.hasBegun) former.add(seconds() - begin, flops);
      return result;
    } catch (error) {
      throw hang === undefined ? error : new WorkerLost(hang, { cause: error });
    } finally {
      hangs.end();
    }
  }

  stop(): Promise<void> {
    return this.worker.stop();
  }
}

function watchedBy(hangs: HangWatch, watch: TrainingWatch): TrainingWatch {
  return {
    ...watch,
    onProgress: (share) => {
      hangs.reach(share);
      watch.onProgress(share);
    },
    onResume: (share) => {
      hangs.resume(share);
      watch.onResume?.(share);
    },
  };
}

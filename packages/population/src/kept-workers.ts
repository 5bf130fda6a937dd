import {
  type Runner,
  type RunnerWorker,
  type TrainingTask,
  type TrainingWatch,
  WorkerLost,
  type WorkerResult,
} from '@netspace/contracts';

/**
 * A runner whose workers are kept when they are given back, for the next that is asked for: of populations that are trained
 * one after the other, each network's images are loaded once.
 *
 * @example
 * import { KeptWorkers } from '@netspace/population';
 * const worker = { description: {}, train: () => Promise.reject(new Error()), stop: () => Promise.resolve() };
 * let starts = 0;
 * const workers = new KeptWorkers({ start: () => Promise.resolve((starts++, worker as never)) });
 * const { signal } = new AbortController();
 * await (await workers.start(signal)).stop();
 * await (await workers.start(signal)).stop();
 * starts; // => 1
 * await workers.close();
 */
export class KeptWorkers implements Runner {
  private readonly idle: RunnerWorker[] = [];

  constructor(private readonly runner: Runner) {}

  async start(signal: AbortSignal): Promise<RunnerWorker> {
    return this.lend(this.idle.pop() ?? (await this.runner.start(signal)));
  }

  /** Stops the workers that are idle; those that are lent are stopped by who has them. */
  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((worker) => worker.stop()));
  }

  private lend(worker: RunnerWorker): RunnerWorker {
    return new LentWorker(worker, (kept) => this.idle.push(kept));
  }
}

/** A worker until it is given back. */
class LentWorker implements RunnerWorker {
  readonly description: RunnerWorker['description'];
  private isBack = false;
  /** Whether it trains, or was lost as it trained: then it is not kept. */
  private isUnfit = false;

  constructor(
    private readonly worker: RunnerWorker,
    private readonly keep: (worker: RunnerWorker) => void,
  ) {
    this.description = worker.description;
  }

  async train(task: TrainingTask, watch: TrainingWatch): Promise<WorkerResult> {
    if (this.isBack) throw new WorkerLost('the worker was given back');
    this.isUnfit = true;
    const result = await this.worker.train(task, watch);
    this.isUnfit = false;
    return result;
  }

  async stop(): Promise<void> {
    if (this.isBack) return;
    this.isBack = true;
    if (this.isUnfit) await this.worker.stop();
    else this.keep(this.worker);
  }
}

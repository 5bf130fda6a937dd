import { type Runner, type RunnerWorker, WorkerLost } from '@netspace/contracts';

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
    let state: 'idle' | 'training' | 'lost' | 'back' = 'idle';
    return {
      description: worker.description,
      train: async (task, watch) => {
        state = 'training';
        try {
          const result = await worker.train(task, watch);
          if (state === 'training') state = 'idle';
          return result;
        } catch (error) {
          if (error instanceof WorkerLost) state = 'lost';
          else if (state === 'training') state = 'idle';
          throw error;
        }
      },
      stop: async () => {
        if (state === 'back') return;
        const isKept = state === 'idle';
        state = 'back';
        if (isKept) this.idle.push(worker);
        else await worker.stop();
      },
    };
  }
}

import { InvalidInputError, type TrainingRecord } from '@netspace/contracts';
import type { RecordStore } from './record-store.js';
import { TimeLeft } from './time-left.js';
import type { TrainingTask } from './training-task.js';
import { WorkerCrash, WorkerProcess } from './worker-process.js';

/** How far a run is. */
export interface PopulationState {
  /** Networks done in this run. */
  readonly done: number;
  /** Networks that this run trains in all. */
  readonly total: number;
  /** Estimate from the flops of what is done and what is left; not known at first. */
  readonly secondsLeft?: number;
}

/** What happens while a population trains. */
export type PopulationEvent =
  /** A network is done and its record is on the disk. */
  | ({ readonly kind: 'trained'; readonly record: TrainingRecord } & PopulationState)
  /** A network is being trained; `share` of it is done, 0 as it starts. */
  | ({ readonly kind: 'progress'; readonly task: TrainingTask; readonly share: number } & PopulationState)
  /** A worker process died: its network is tried again until it has had its attempts, then it failed. */
  | {
      readonly kind: 'crashed';
      readonly task: TrainingTask;
      readonly reason: string;
      readonly attempt: number;
      readonly attempts: number;
    };

/** A population to train. */
export interface PopulationRun<WorkerData> {
  readonly tasks: readonly TrainingTask[];
  /** What the networks are trained with: records of the store with another hash do not count. */
  readonly recipeHash: string;
  /** Name of the engine, for the records of networks that failed. */
  readonly engine: string;
  readonly store: RecordStore;
  /** Worker processes at a time, >= 1. */
  readonly workers: number;
  /** The module each worker loads: it exports `createTrainer` ({@link CreateTrainer}). */
  readonly workerModule: URL;
  /** What `createTrainer` is given; must survive JSON. */
  readonly workerData: WorkerData;
  /** Ends the run early. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: PopulationEvent) => void;
}

/** Times a network is tried whose worker process dies. */
const attempts = 3;

/**
 * Trains every network that the store has no result for, one per worker process at a time.
 *
 * Records reach the store as they come, so that a crash loses at most the networks in flight. Networks with most flops go
 * first, which leaves the small ones to fill the end; a network's result depends on itself alone. A network that throws, or
 * whose process dies three times, gets a record of status `failed` and the others go on; the next run tries it again.
 *
 * @throws InvalidInputError of a worker's start (a dataset that is not there) or of the store (a full disk). WorkerCrash
 * where a process dies as it starts. AbortError where `signal` ended the run; it says how far it is.
 */
export async function trainPopulation<WorkerData>(run: PopulationRun<WorkerData>): Promise<void> {
  if (!(Number.isInteger(run.workers) && run.workers >= 1)) {
    const problem = `got ${run.workers}`;
    throw new InvalidInputError({ key: 'workers', problem, expected: 'an integer of at least 1' });
  }
  const queue = missingTasks(run).sort((a, b) => workOf(b) - workOf(a));
  await new Crew(run, queue).work();
}

/** The tasks that a run would train: those without a result in its store. */
export function missingTasks<WorkerData>({
  tasks,
  store,
  recipeHash,
}: Pick<PopulationRun<WorkerData>, 'tasks' | 'store' | 'recipeHash'>): TrainingTask[] {
  return tasks.filter((task) => {
    const record = store.find({ ...task, recipeHash });
    return record === undefined || record.status === 'failed';
  });
}

const workOf = (task: TrainingTask): number => task.network.complexity.flops;

/** The process of a task died, and the task is back in the queue or failed: a new process goes on. */
class ReplaceWorker extends Error {}

/** The workers of one run. */
class Crew<WorkerData> {
  private readonly stop = new AbortController();
  private readonly timeLeft: TimeLeft;
  /** Share done of each network that is being trained. */
  private readonly inProgress = new Map<TrainingTask, number>();
  private readonly crashes = new Map<TrainingTask, number>();
  private readonly total: number;
  private done = 0;

  constructor(
    private readonly run: PopulationRun<WorkerData>,
    private readonly queue: TrainingTask[],
  ) {
    this.total = queue.length;
    const work = queue.reduce((sum, task) => sum + workOf(task), 0);
    this.timeLeft = new TimeLeft(work, () => performance.now() / 1000);
  }

  /** Works until the queue is empty. The first error, or an abort from outside, ends every worker. */
  async work(): Promise<void> {
    const { signal, workers } = this.run;
    const interrupt = (): void => this.stop.abort(this.interruption());
    signal?.addEventListener('abort', interrupt, { once: true });
    if (signal?.aborted === true) interrupt();
    const lanes = Array.from({ length: Math.min(workers, this.total) }, () => this.lane());
    await Promise.allSettled(lanes);
    signal?.removeEventListener('abort', interrupt);
    this.stop.signal.throwIfAborted();
  }

  private async lane(): Promise<void> {
    while (this.queue.length > 0 && !this.stop.signal.aborted) {
      const worker = new WorkerProcess();
      const kill = (): void => void worker.kill();
      this.stop.signal.addEventListener('abort', kill, { once: true });
      try {
        await this.workWith(worker);
      } catch (error) {
        if (!(error instanceof ReplaceWorker)) this.stop.abort(error);
      } finally {
        this.stop.signal.removeEventListener('abort', kill);
        await worker.kill();
      }
    }
  }

  /** The life of one worker process. */
  private async workWith(worker: WorkerProcess): Promise<void> {
    await worker.start(this.run.workerModule, this.run.workerData);
    for (let task = this.queue.shift(); task !== undefined; task = this.queue.shift()) {
      await this.train(worker, task);
      if (this.stop.signal.aborted) return;
    }
  }

  private async train(worker: WorkerProcess, task: TrainingTask): Promise<void> {
    try {
      this.progress(task, 0);
      const result = await worker.train(task, (share) => this.progress(task, share));
      this.finish(task, typeof result === 'string' ? this.failure(task, result) : result);
    } catch (error) {
      if (!(error instanceof WorkerCrash) || this.stop.signal.aborted) throw error;
      this.crashed(task, error.message);
      throw new ReplaceWorker();
    } finally {
      this.inProgress.delete(task);
    }
  }

  private crashed(task: TrainingTask, reason: string): void {
    const attempt = (this.crashes.get(task) ?? 0) + 1;
    this.crashes.set(task, attempt);
    this.run.onEvent?.({ kind: 'crashed', task, reason, attempt, attempts });
    if (attempt < attempts) this.queue.unshift(task);
    else this.finish(task, this.failure(task, reason));
  }

  private finish(task: TrainingTask, record: TrainingRecord): void {
    this.run.store.append(record);
    this.inProgress.delete(task);
    this.timeLeft.add(workOf(task));
    this.done++;
    this.run.onEvent?.({ kind: 'trained', record, ...this.state() });
  }

  private progress(task: TrainingTask, share: number): void {
    this.inProgress.set(task, share);
    this.run.onEvent?.({ kind: 'progress', task, share, ...this.state() });
  }

  private state(): PopulationState {
    let work = 0;
    for (const [task, share] of this.inProgress) work += share * workOf(task);
    const secondsLeft = this.timeLeft.seconds(work);
    return { done: this.done, total: this.total, ...(secondsLeft === undefined ? {} : { secondsLeft }) };
  }

  private failure({ space, network }: TrainingTask, message: string): TrainingRecord {
    const { recipeHash, engine } = this.run;
    const nothing = { error: null, top5Error: null, epochs: [], seconds: 0, imagesPerSecond: 0 };
    return { space, network, recipeHash, engine, status: 'failed', ...nothing, message };
  }

  private interruption(): Error {
    const message = `interrupted: ${this.done} of ${this.total} networks are trained and kept; resume to train the others`;
    return new DOMException(message, 'AbortError');
  }
}

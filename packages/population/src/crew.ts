import { setMaxListeners } from 'node:events';
import {
  InvalidInputError,
  type Provenance,
  type RunnerWorker,
  type TrainingRecord,
  type TrainingTask,
  type TrainingWatch,
  WorkerLost,
} from '@netspace/contracts';
import type { PopulationEvent } from './population-event.js';
import { RunProgress } from './run-progress.js';
import { TaskQueue } from './task-queue.js';
import type { PopulationRun, TrainingCounts } from './train-population.js';
import { failedRecord, trainedRecord } from './training-record.js';

/** Times a training is tried whose worker is lost. */
const attempts = 3;

/** Why nobody waits for workers any longer where all is done. */
const nothingLeft = new DOMException('nothing is left to train', 'AbortError');

const seconds = (): number => performance.now() / 1000;

interface TrainingEnd {
  /** None where the training is tried again, or the run ends. */
  readonly record?: TrainingRecord;
  /** Whether the worker still is. */
  readonly isThere: boolean;
}

/** The workers of one run. */
export class Crew {
  private readonly queue: TaskQueue;
  private readonly progress: RunProgress;
  /** How often each task's worker was lost. */
  private readonly losses = new Map<TrainingTask, number>();
  private readonly counts = { trained: 0, failed: 0 };
  /** Ends all workers; its reason is what the run ends with. */
  private readonly stop = new AbortController();
  /** Ends the wait for workers: with `stop`, and once there is nothing left for them to do. */
  private readonly hiring = new AbortController();
  /** Tasks that workers have. */
  private underWay = 0;

  constructor(
    private readonly run: PopulationRun,
    private readonly tasks: readonly TrainingTask[],
  ) {
    const { workers, runner } = run;
    this.queue = new TaskQueue(tasks, () => Math.min(workers, runner.capacity ?? workers));
    // Each worker listens, and each that is waited for.
    setMaxListeners(0, this.stop.signal, this.hiring.signal);
    this.stop.signal.addEventListener('abort', () => this.hiring.abort(this.stop.signal.reason), { once: true });
    this.progress = new RunProgress(tasks, seconds);
  }

  /** Works until the queue is empty. The first error, or an abort from outside, ends every worker. */
  async work(): Promise<TrainingCounts> {
    const { signal, workers } = this.run;
    const interrupted = new DOMException('interrupted', 'AbortError');
    const interrupt = (): void => this.stop.abort(interrupted);
    signal?.addEventListener('abort', interrupt, { once: true });
    if (signal?.aborted === true) interrupt();
    await Promise.all(Array.from({ length: Math.min(workers, this.tasks.length) }, () => this.lane()));
    signal?.removeEventListener('abort', interrupt);
    // Only now is the last record kept.
    if (this.stop.signal.reason === interrupted) throw this.interruption();
    this.stop.signal.throwIfAborted();
    return this.counts;
  }

  /** One worker at a time, as long as there is work: a new one only where the last was lost. */
  private async lane(): Promise<void> {
    try {
      while (this.hasWork() && !this.stop.signal.aborted) {
        await this.employ(await this.hire());
      }
    } catch (error) {
      if (error !== nothingLeft) this.stop.abort(error);
    }
  }

  /** Starts a worker; again where it is lost as it starts, as by another process that takes the memory. */
  private async hire(): Promise<RunnerWorker> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.run.runner.start(this.hiring.signal);
      } catch (error) {
        if (!(error instanceof WorkerLost) || this.stop.signal.aborted) throw error;
        if (attempt < attempts) {
          const message = `A worker was lost as it started: ${error.message} (attempt ${attempt} of ${attempts})`;
          this.emit({ kind: 'notice', message });
          continue;
        }
        const problem = `a worker was lost as it started, ${attempts} times: ${error.message}`;
        throw new InvalidInputError({ problem }, { cause: error });
      }
    }
  }

  /** Whether there is a task to train: none any more where there is enough. */
  private hasWork(): boolean {
    const left = this.queue.length;
    if (left > 0 && this.run.isEnough?.() === true) {
      this.queue.clear();
      this.emit({ kind: 'enough', left });
    }
    return this.queue.length > 0;
  }

  /** The life of one worker. */
  private async employ(worker: RunnerWorker): Promise<void> {
    // What goes wrong as it stops is seen below, where it is awaited.
    const stop = (): void => void worker.stop().catch(() => undefined);
    this.stop.signal.addEventListener('abort', stop, { once: true });
    let kept = Promise.resolve();
    try {
      let isThere = true;
      while (isThere && !this.stop.signal.aborted) {
        if (this.run.isEnough !== undefined) await kept; // what is there decides
        const task = await this.next();
        if (task === undefined) return;
        const end = await this.train(task, worker).finally(() => this.underWay--);
        isThere = end.isThere;
        await kept;
        // Beside the next training.
        if (end.record !== undefined) kept = this.keep(task, end.record);
      }
    } finally {
      this.stop.signal.removeEventListener('abort', stop);
      await kept;
      await worker.stop();
      // What is under way may be lost and come back.
      if (this.underWay === 0 && !this.hasWork()) this.hiring.abort(nothingLeft);
    }
  }

  /** The next task that no other process has; none where nothing is left to do here. */
  private async next(): Promise<TrainingTask | undefined> {
    const { claim } = this.run;
    while (this.hasWork() && !this.stop.signal.aborted) {
      const task = this.queue.take()!;
      this.underWay++;
      if (claim === undefined || (await claim(task))) return task;
      this.underWay--;
      this.progress.leave(task);
    }
    return undefined;
  }

  private async train(task: TrainingTask, worker: RunnerWorker): Promise<TrainingEnd> {
    const start = seconds();
    const attempt = (this.losses.get(task) ?? 0) + 1;
    const fail = (message: string): TrainingRecord =>
      failedRecord(task, message, seconds() - start, this.provenance(worker, attempt));
    this.emit({ kind: 'started', task });
    try {
      const result = await worker.train(task, this.watch(task));
      if (result.kind === 'failed') return { record: fail(result.message), isThere: true };
      return { record: trainedRecord(task, result.outcome, this.provenance(worker, attempt)), isThere: true };
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      if (this.stop.signal.aborted) return { isThere: false };
      this.progress.lose(task);
      if (attempt === attempts) return { record: fail(error.message), isThere: false };
      this.retry(task, error.message, attempt);
      return { isThere: false };
    }
  }

  private watch(task: TrainingTask): TrainingWatch {
    return {
      onProgress: (share) => {
        this.progress.reach(task, share);
        this.emit({ kind: 'progress', task, share, ...this.progress.state() });
      },
      onResume: (share) => this.progress.resume(task, share),
      onEpoch: (epoch) => this.emit({ kind: 'epoch', task, epoch }),
      onNotice: (message) => this.emit({ kind: 'notice', task, message }),
    };
  }

  private retry(task: TrainingTask, reason: string, attempt: number): void {
    this.losses.set(task, attempt);
    this.queue.giveBack(task);
    this.emit({ kind: 'retried', task, reason, attempt, attempts });
  }

  /** What cannot be kept ends the run. */
  private async keep(task: TrainingTask, record: TrainingRecord): Promise<void> {
    try {
      await this.run.store.append(record);
    } catch (error) {
      this.stop.abort(error);
      return;
    }
    this.progress.finish(task);
    const isFailed = record.status === 'failed';
    this.counts[isFailed ? 'failed' : 'trained']++;
    const state = this.progress.state();
    this.emit(isFailed ? { kind: 'failed', record, ...state } : { kind: 'trained', record, ...state });
  }

  private provenance({ description }: RunnerWorker, attempt: number): Provenance {
    return { ...description, date: new Date().toISOString(), attempt, writer: this.run.writer };
  }

  /** A listener that throws ends the run, from wherever it was called. */
  private emit(event: PopulationEvent): void {
    try {
      this.run.onEvent?.(event);
    } catch (error) {
      this.stop.abort(error);
    }
  }

  private interruption(): Error {
    const what = this.tasks.some(({ replicate }) => replicate > 0) ? 'trainings are done' : 'networks are trained';
    const message = `interrupted: ${this.counts.trained} of ${this.tasks.length} ${what} and kept; resume to train the others`;
    return new DOMException(message, 'AbortError');
  }
}

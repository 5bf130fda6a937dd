import { setTimeout } from 'node:timers/promises';
import { type TrainingTask, type TrainingWatch, WorkerLost } from '@netspace/contracts';
import type { Queue, QueueEvents } from 'bullmq';
import {
  type Delivery,
  deliverySchema,
  jobOf,
  lateSchema,
  type Report,
  reportSchema,
  type ToldEvents,
  understood,
} from './messages.js';

/** Milliseconds between two looks at the jobs themselves, which hold where events are lost. */
const pause = 1000;

/** A job whose result someone waits for. */
interface Awaited {
  readonly task: TrainingTask;
  readonly watch: TrainingWatch;
  readonly resolve: (delivery: Delivery) => void;
  readonly reject: (error: Error) => void;
  /** What the last look found. */
  seen?: string;
}

/**
 * The jobs that one process has on a queue. It, and not the server, knows what is to be trained: what the server loses is put
 * on the queue again.
 */
export class Jobs {
  private readonly awaited = new Map<string, Awaited>();
  private readonly closing = new AbortController();

  constructor(
    private readonly queue: Queue<TrainingTask, unknown>,
    events: QueueEvents,
    /** How long a worker may give no sign of life, for messages. */
    private readonly patience: number,
  ) {
    events.on('progress', ({ jobId, data }) => this.report(jobId, data));
    events.on('completed', ({ jobId, returnvalue }) => this.deliver(jobId, returnvalue));
    events.on('failed', ({ jobId, failedReason }) => this.lose(jobId, failedReason));
    events.on<ToldEvents, 'late'>('late', ({ data }) => {
      const late = understood(lateSchema, data);
      if (late !== undefined) this.awaited.get(late.job)?.resolve(late.delivery);
    });
    void this.lookAgainAndAgain();
  }

  /**
   * Has a task trained by whoever takes it; or takes its result, where it came in while nobody waited for it.
   *
   * @throws WorkerLost where its worker is gone, or the job was withdrawn; an error of the server otherwise.
   */
  async train(task: TrainingTask, watch: TrainingWatch): Promise<Delivery> {
    const job = jobOf(task);
    const delivered = new Promise<Delivery>((resolve, reject) => {
      this.awaited.set(job, { task, watch, resolve, reject });
    });
    try {
      return await Promise.race([delivered, this.put(job, task).then(() => delivered)]);
    } finally {
      this.awaited.delete(job);
    }
  }

  /** Gives a task up. Where a worker trains it already, its result stays on the server. */
  async withdraw(task: TrainingTask): Promise<void> {
    this.awaited.get(jobOf(task))?.reject(new WorkerLost('the training was withdrawn'));
    await this.remove(task);
  }

  /** Removes a job that nobody trains, and its result. */
  async remove(task: TrainingTask): Promise<void> {
    await this.queue.remove(jobOf(task));
  }

  close(): void {
    this.closing.abort();
  }

  private async put(job: string, task: TrainingTask): Promise<void> {
    // In this order, in one message to the server. A job that is there already stays as it is.
    const [before] = await Promise.all([this.queue.getJobState(job), this.add(job, task)]);
    if (before !== 'completed' && before !== 'failed') return;
    const delivery = understood(deliverySchema, (await this.queue.getJob(job))?.returnvalue);
    if (delivery?.result.kind === 'trained') this.awaited.get(job)?.resolve(delivery);
    else {
      await this.remove(task);
      await this.add(job, task);
    }
  }

  private async add(job: string, task: TrainingTask): Promise<void> {
    await this.queue.add('train', task, { jobId: job });
  }

  private report(job: string, data: unknown): void {
    const watch = this.awaited.get(job)?.watch;
    const report = understood(reportSchema, data);
    if (watch !== undefined && report !== undefined) passOn(report, watch);
  }

  private deliver(job: string, value: unknown): void {
    const awaited = this.awaited.get(job);
    if (awaited === undefined) return;
    const delivery = understood(deliverySchema, value);
    if (delivery !== undefined) awaited.resolve(delivery);
    else awaited.reject(new WorkerLost('what its worker sent is no result'));
  }

  private lose(job: string, reason: string): void {
    const stalled = reason.includes('stalled');
    const why = stalled ? `its worker gave no sign of life for ${this.patience / 1000} s` : reason;
    this.awaited.get(job)?.reject(new WorkerLost(why));
  }

  private async lookAgainAndAgain(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      await setTimeout(pause, undefined, { signal }).catch(() => undefined);
      // Each asks the server at once; what fails is asked again.
      await Promise.allSettled([...this.awaited].map(([job, awaited]) => this.look(job, awaited)));
    }
  }

  /** Acts on what two looks in a row found: an event that says it may still be on its way after the first. */
  private async look(job: string, awaited: Awaited): Promise<void> {
    const state = await this.queue.getJobState(job);
    const isSure = awaited.seen === state;
    awaited.seen = state;
    if (!isSure || this.awaited.get(job) !== awaited) return;
    if (state === 'unknown') await this.add(job, awaited.task);
    if (state !== 'completed' && state !== 'failed') return;
    const found = await this.queue.getJob(job);
    if (state === 'completed') this.deliver(job, found?.returnvalue);
    else this.lose(job, found?.failedReason ?? 'its worker is gone');
  }
}

function passOn(report: Report, watch: TrainingWatch): void {
  switch (report.kind) {
    case 'progress':
      watch.onProgress(report.share);
      return;
    case 'resume':
      watch.onResume?.(report.share);
      return;
    case 'epoch':
      watch.onEpoch(report.epoch);
      return;
    case 'notice':
      watch.onNotice?.(report.message);
  }
}

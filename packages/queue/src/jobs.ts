import { setTimeout } from 'node:timers/promises';
import { type TrainingTask, type TrainingWatch, WorkerLost } from '@netspace/contracts';
import type { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
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
import { checkpointKey } from './queued-run.js';

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

  /**
   * @param owner - The id of the run: jobs of other runs are on the queue, too.
   */
  constructor(
    private readonly owner: string,
    private readonly redis: Redis,
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
    const job = jobOf(this.owner, task);
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
    this.awaited.get(jobOf(this.owner, task))?.reject(new WorkerLost('the training was withdrawn'));
    await this.remove(task);
  }

  /** Removes what is left of a training whose result is kept: its job, and its checkpoint. */
  async forget(task: TrainingTask): Promise<void> {
    await Promise.all([this.remove(task), this.redis.unlink(checkpointKey(this.queue.name, task))]);
  }

  /** Removes all jobs of the run that nobody trains now. */
  async clear(): Promise<void> {
    const own = (await this.queue.getJobs()).filter((job) => job.id?.startsWith(`${this.owner}-`));
    await Promise.allSettled(own.map((job) => job.remove()));
  }

  close(): void {
    this.closing.abort();
  }

  /** Removes a job that nobody trains, and its result. */
  private async remove(task: TrainingTask): Promise<void> {
    await this.queue.remove(jobOf(this.owner, task));
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

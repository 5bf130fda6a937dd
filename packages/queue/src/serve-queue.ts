import { randomUUID } from 'node:crypto';
import {
  InvalidInputError,
  type Runner,
  type RunnerWorker,
  type TrainingTask,
  type WorkerDescription,
  WorkerLost,
  type WorkerResult,
} from '@netspace/contracts';
import type { Job, QueueEventsProducer, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { AnnouncedRuns } from './announced-runs.js';
import { followConnection } from './followed-connection.js';
import { JobReports } from './job-reports.js';
import { type Delivery, isJobOf, jobSchema, type Late, type Sign, understood } from './messages.js';
import type { QueueAddress } from './queue-address.js';
import { type QueueOptions, usualPatience } from './queue-runner.js';
import { prefix, type QueuedRun, queueName } from './queued-run.js';
import { within } from './within.js';

/** How a process serves a queue. */
export interface ServeOptions extends QueueOptions {
  /** What trains: its workers take the jobs. One that hangs is its own to end: whoever leads the run cannot reach it. */
  readonly runner: Runner;
  /** Networks at a time, at least 1. */
  readonly workers: number;
  /** Takes no further job; those under way go to their end. */
  readonly drain?: AbortSignal;
  /** Gives those under way back at once. */
  readonly giveBack?: AbortSignal;
  /** Called with each job that is trained, and what became of it. */
  readonly onTrained?: (task: TrainingTask, result: WorkerResult) => void;
}

/** What became of the jobs that a process took. */
export interface Served {
  /** Whose result the run has. */
  readonly delivered: number;
  /** Whose result came late: another worker had the job by then. */
  readonly late: number;
  /** That were given back. */
  readonly givenBack: number;
}

/** Milliseconds between two signs of life. */
const signInterval = 1000;
/** Milliseconds between two looks at how the run stands. */
const lookInterval = 2000;

/** Milliseconds that a server has to hear that this process leaves. */
const patienceOfLeaving = 3000;

/**
 * Trains what comes on the queue of the runs of one content, until those that are led are done or a signal ends it. Jobs are
 * data: what is executed is what `runner` brings.
 *
 * @returns What became of the jobs, where the runs are done or `drain` ended it.
 * @throws InvalidInputError where the server cannot be used, the runs of this name are of other conditions (what differs), or a
 * worker of `runner` refuses to start.
 */
export async function serveQueue(address: QueueAddress, run: QueuedRun, options: ServeOptions): Promise<Served> {
  const redis = await address.connect();
  try {
    return await new Server(await import('bullmq'), address, redis, run, options).serve();
  } catch (error) {
    throw address.toldOf(error);
  } finally {
    redis.disconnect();
  }
}

class Server {
  private readonly id = randomUUID();
  private readonly runs: AnnouncedRuns;
  private readonly worker: Worker<unknown, Delivery>;
  private readonly events: QueueEventsProducer;
  private readonly idle: RunnerWorker[] = [];
  private readonly busy = new Set<RunnerWorker>();
  private readonly counts = { delivered: 0, late: 0, givenBack: 0 };
  private readonly patience: number;
  private readonly unfollow: () => void;
  private description: WorkerDescription | undefined;
  /** Whether it saw the run open, or trained for it. */
  private wasOpen = false;
  private isDone = false;
  private end: (error?: Error) => void = () => undefined;
  /** Settles when no further job is taken: rejects with what makes it impossible. */
  private readonly ended = new Promise<void>((resolve, reject) => {
    this.end = (error) => (error === undefined ? resolve() : reject(error));
  });

  constructor(
    private readonly bullmq: typeof import('bullmq'),
    address: QueueAddress,
    private readonly redis: Redis,
    private readonly run: QueuedRun,
    private readonly options: ServeOptions,
  ) {
    const { patience = usualPatience, workers, onNotice = () => undefined } = options;
    this.patience = patience;
    this.runs = new AnnouncedRuns(redis, run, String(address));
    const room = { connection: redis, prefix };
    this.events = new bullmq.QueueEventsProducer(queueName(run), room);
    this.worker = new bullmq.Worker(queueName(run), (job, token) => this.process(job, token!), {
      ...room,
      ...{ concurrency: workers, autorun: false, lockDuration: patience, stalledInterval: patience / 2 },
      // Whoever leads the run decides what is tried again.
      ...{ maxStalledCount: 0, runRetryDelay: signInterval, drainDelay: 2 },
    });
    this.unfollow = followConnection(redis, String(address), onNotice);
    // Told by the connection that they share.
    this.worker.on('error', () => undefined);
    this.events.on('error', () => undefined);
    this.ended.catch(() => undefined);
  }

  async serve(): Promise<Served> {
    const { drain, giveBack } = this.options;
    const stop = (): void => this.end();
    const back = (): void => this.stopBusy();
    drain?.addEventListener('abort', stop, { once: true });
    giveBack?.addEventListener('abort', back, { once: true });
    if (drain?.aborted === true) stop();
    try {
      this.wasOpen = (await this.runs.state()) === 'open';
      await this.begin();
      await this.ended;
    } finally {
      await this.leave();
      drain?.removeEventListener('abort', stop);
      giveBack?.removeEventListener('abort', back);
    }
    return this.counts;
  }

  private async begin(): Promise<void> {
    const { workers } = this.options;
    const lanes = await Promise.all(Array.from({ length: workers }, () => this.startLane()));
    this.description = lanes[0]!.description;
    this.idle.push(...lanes);
    // Its errors are events.
    void this.worker.run().catch(() => undefined);
    this.tell(workers);
    const signs = setInterval(() => this.tell(workers), signInterval);
    const looks = setInterval(() => void this.look(), lookInterval);
    this.ended
      .catch(() => undefined)
      .finally(() => {
        clearInterval(signs);
        clearInterval(looks);
      });
  }

  private startLane(): Promise<RunnerWorker> {
    return this.options.runner.start(this.options.drain ?? new AbortController().signal);
  }

  /** Ends where the runs that it has seen open are done, or it has seen none and one of other conditions is led. */
  private async look(): Promise<void> {
    if (this.redis.status !== 'ready') return;
    try {
      const state = await this.runs.state();
      this.wasOpen ||= state === 'open';
      if (state !== 'done' || !this.wasOpen) return;
      this.isDone = true;
      this.end();
    } catch (error) {
      // What the server could not answer it is asked again; a run that it trained for may be led again.
      if (error instanceof InvalidInputError && !this.wasOpen) this.end(error);
    }
  }

  /** A sign of life, which says how many it trains at a time. */
  private tell(lanes: number): void {
    if (this.redis.status !== 'ready' || this.description === undefined) return;
    this.publish('sign', { id: this.id, lanes, description: this.description } satisfies Sign).catch(() => undefined);
  }

  private async publish(eventName: 'sign' | 'late', data: Sign | Late): Promise<void> {
    await this.events.publishEvent({ eventName, data: JSON.stringify(data) });
  }

  private async leave(): Promise<void> {
    if (!this.isDone) this.tell(0);
    const closed = this.worker.close();
    await Promise.race([closed, this.givesBack()]);
    await Promise.all([...this.idle, ...this.busy].map((lane) => lane.stop()));
    // A server that is gone never hears of what is given back.
    await within(patienceOfLeaving, closed);
    if (this.isDone) await within(patienceOfLeaving, this.tidyUp());
    await within(patienceOfLeaving, this.events.close());
    this.unfollow();
  }

  /** Removes what it has left on the server since the run is done: signs of life, and what BullMQ notes as it looks. */
  private async tidyUp(): Promise<void> {
    const { events, meta } = this.worker.keys as { readonly events: string; readonly meta: string };
    await this.redis.del(events, meta);
  }

  /** Settles when jobs under way are to be given back. */
  private givesBack(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isGivingBack()) resolve();
      else this.options.giveBack?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  private isGivingBack(): boolean {
    return this.options.giveBack?.aborted ?? false;
  }

  private stopBusy(): void {
    this.end();
    for (const lane of this.busy) void lane.stop().catch(() => undefined);
  }

  private async process(job: Job<unknown, Delivery>, token: string): Promise<Delivery> {
    const task = understood(jobSchema, job.data);
    if (task === undefined || !isJobOf(job.id, task) || !this.run.hashes.includes(task.conditions)) {
      return { result: { kind: 'failed', message: 'the job is none of this run' }, by: this.description! };
    }
    this.wasOpen = true;
    if (this.isGivingBack()) return this.giveBack(job, token);
    const lane = this.idle.pop() ?? (await this.newLane(job, token));
    this.busy.add(lane);
    try {
      const result = await this.train(job, task, lane);
      this.idle.push(lane);
      this.options.onTrained?.(task, result);
      return await this.deliver(job, token, { result, by: lane.description });
    } catch (error) {
      if (error instanceof WorkerLost) await lane.stop();
      if (this.isGivingBack()) return await this.giveBack(job, token);
      throw error;
    } finally {
      this.busy.delete(lane);
    }
  }

  private async train(job: Job, task: TrainingTask, lane: RunnerWorker): Promise<WorkerResult> {
    const reports = new JobReports(job);
    const result = await lane.train(task, reports);
    await reports.end();
    return result;
  }

  /** A new lane for one that was lost. */
  private async newLane(job: Job, token: string): Promise<RunnerWorker> {
    try {
      return await this.startLane();
    } catch (error) {
      if (error instanceof WorkerLost) throw error;
      // It is not the job that is wrong.
      this.end(error as Error);
      return this.giveBack(job, token);
    }
  }

  /** Returns the result, which is that of the job where it is still this worker's, and tells it otherwise. */
  private async deliver(job: Job, token: string, delivery: Delivery): Promise<Delivery> {
    const isOwn = await job.extendLock(token, this.patience).then(
      (extended) => extended > 0,
      () => false,
    );
    if (isOwn) this.counts.delivered++;
    else {
      this.counts.late++;
      await this.publish('late', { job: job.id!, delivery });
    }
    return delivery;
  }

  private async giveBack(job: Job, token: string): Promise<never> {
    this.counts.givenBack++;
    await job.moveToWait(token);
    throw new this.bullmq.WaitingError();
  }
}

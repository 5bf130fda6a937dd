import {
  type Runner,
  type RunnerWorker,
  type TrainingTask,
  type TrainingWatch,
  type WorkerDescription,
  WorkerLost,
  type WorkerResult,
} from '@netspace/contracts';
import type { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { Announcement } from './announcement.js';
import { followConnection } from './followed-connection.js';
import { Jobs } from './jobs.js';
import { signSchema, type ToldEvents, understood } from './messages.js';
import { Presence } from './presence.js';
import type { QueueAddress } from './queue-address.js';
import { type LedRun, prefix, queueName } from './queued-run.js';
import { within } from './within.js';

/** How the trainings of a queue are led, or served. */
export interface QueueOptions {
  /** Milliseconds without a sign of life after which a worker is gone, or what it trains; 30,000 where it is left out. */
  readonly patience?: number;
  /** Called with what a person may want to know: who comes and goes, a connection that is lost. */
  readonly onNotice?: (message: string) => void;
}

export const usualPatience = 30_000;

/** Milliseconds that a server has to hear that this process leaves. */
const patienceOfClosing = 2000;

/** Events that a server keeps: those who listen hear them at once. */
const keptEvents = 1000;

/**
 * A runner whose workers are elsewhere: whoever serves the queue of the run, on any machine, as {@link serveQueue} does.
 *
 * A worker is a place on the queue: there are a few more than the workers that give signs of life can train at a time. Where
 * the process that leads a run ends, workers train what is on the queue; the next one takes their results.
 */
export class QueueRunner implements Runner {
  private readonly presence: Presence;
  private readonly jobs: Jobs;
  private readonly watch: NodeJS.Timeout;
  private readonly unfollow: () => void;
  /** Trainings whose results are kept, by now or soon, and of which the server still holds something. */
  private readonly delivered = new Set<TrainingTask>();
  private isDone = false;

  private constructor(
    private readonly address: QueueAddress,
    run: LedRun,
    private readonly redis: Redis,
    private readonly queue: Queue<TrainingTask, unknown>,
    private readonly events: QueueEvents,
    private readonly announcement: Announcement,
    { patience = usualPatience, onNotice = () => undefined }: QueueOptions,
  ) {
    this.presence = new Presence(patience, onNotice);
    this.jobs = new Jobs(run.id, redis, queue, events, patience);
    events.on<ToldEvents, 'sign'>('sign', ({ data }) => {
      const sign = understood(signSchema, data);
      if (sign !== undefined) this.presence.hear(sign);
    });
    this.watch = setInterval(() => this.presence.look(), patience / 4);
    this.unfollow = followConnection(redis, String(address), onNotice);
    // Told by the connection that they share.
    queue.on('error', () => undefined);
    events.on('error', () => undefined);
  }

  /**
   * Connects, and says on the server that this process leads the run.
   *
   * Other runs may be led at the same time, of the same name and conditions, too: those share their workers.
   *
   * @throws InvalidInputError within seconds where the server cannot be used, or another process leads this run.
   */
  static async open(address: QueueAddress, run: LedRun, options: QueueOptions = {}): Promise<QueueRunner> {
    const redis = await address.connect();
    const announcement = new Announcement(redis, run, String(address));
    try {
      await announcement.make();
    } catch (error) {
      redis.disconnect();
      throw address.toldOf(error);
    }
    const room = { connection: redis, prefix };
    const bullmq = await import('bullmq');
    const queue = new bullmq.Queue<TrainingTask, unknown>(queueName(run), {
      ...room,
      streams: { events: { maxLen: keptEvents } },
    });
    const events = new bullmq.QueueEvents(queueName(run), room);
    const runner = new QueueRunner(address, run, redis, queue, events, announcement, options);
    // One that ended as it removed all may have left it paused.
    await Promise.all([events.waitUntilReady(), queue.resume()]);
    return runner;
  }

  /** Tasks that may be on the queue at once. */
  get capacity(): number {
    return this.presence.capacity;
  }

  async start(signal: AbortSignal): Promise<RunnerWorker> {
    await this.presence.take(signal);
    return new Place(this.jobs, this.delivered, this.address, this.presence.description!, () => this.presence.give());
  }

  /** Says that all is trained, so that workers may end, and leaves nothing of the run on the server. */
  async finish(): Promise<void> {
    this.isDone = true;
    await within(patienceOfClosing, this.leaveNothing());
  }

  private async leaveNothing(): Promise<void> {
    await Promise.all([...this.delivered].map((task) => this.jobs.forget(task)));
    await ((await this.announcement.isAlone()) ? this.queue.obliterate({ force: true }) : this.jobs.clear());
  }

  /** Leads the run no longer. What is on the queue of one that is not finished stays there. */
  async close(): Promise<void> {
    await within(patienceOfClosing, this.announcement.end(this.isDone));
    clearInterval(this.watch);
    this.unfollow();
    this.jobs.close();
    await within(patienceOfClosing, Promise.all([this.events.close(), this.queue.close()]));
    this.redis.disconnect();
  }
}

/** A place on the queue for one task at a time. */
class Place implements RunnerWorker {
  private isGone = false;
  private task: TrainingTask | undefined;
  /** The one before it, whose result is kept when the next one is asked for. */
  private kept: TrainingTask | undefined;

  constructor(
    private readonly jobs: Jobs,
    private readonly delivered: Set<TrainingTask>,
    private readonly address: QueueAddress,
    private trainedBy: WorkerDescription,
    private readonly leave: () => void,
  ) {}

  /** Of the worker that trained last here. */
  get description(): WorkerDescription {
    return this.trainedBy;
  }

  async train(task: TrainingTask, watch: TrainingWatch): Promise<WorkerResult> {
    if (this.isGone) throw new WorkerLost('the place on the queue was given up');
    if (this.kept !== undefined) this.forget(this.kept);
    this.task = task;
    try {
      const { result, by } = await this.jobs.train(task, watch);
      this.trainedBy = by;
      this.kept = task;
      this.delivered.add(task);
      return result;
    } catch (error) {
      this.end();
      throw this.address.toldOf(error);
    } finally {
      this.task = undefined;
    }
  }

  async stop(): Promise<void> {
    if (this.task !== undefined) await within(patienceOfClosing, this.jobs.withdraw(this.task));
    this.end();
  }

  private end(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.leave();
  }

  private forget(task: TrainingTask): void {
    // What stays on the server now is removed at the end.
    void this.jobs.forget(task).then(
      () => this.delivered.delete(task),
      () => undefined,
    );
  }
}

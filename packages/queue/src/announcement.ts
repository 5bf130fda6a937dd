import { changesBetween, contentHash, describeChanges } from '@netspace/content-hash';
import { InvalidInputError } from '@netspace/contracts';
import { conditionsSchema } from '@netspace/run-store';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { prefix, type QueuedRun } from './queued-run.js';

/** Milliseconds that an announcement holds which is not made again. */
const holds = 15_000;
/** Milliseconds between two of them. */
const interval = 5000;

const announcementSchema = z.strictObject({
  /** Whether all of it is trained. */
  isDone: z.boolean(),
  conditions: z.record(z.string(), conditionsSchema),
});

/** What is said on a server of the runs of one name: that one is led, and under which conditions. */
export class Announcement {
  private readonly key: string;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly run: QueuedRun,
    private readonly address: string,
  ) {
    this.key = `${prefix}:${run.name}`;
  }

  /**
   * Says that this process leads the run, until {@link end}.
   *
   * @throws InvalidInputError where another process leads a run of this name under other conditions: what differs.
   */
  async make(): Promise<void> {
    const other = await this.read();
    if (other?.isDone === false)
      this.refuseOther(
        other.conditions,
        'another run',
        `another name for one of them, or a database of its own, as redis://host/1; a run that ended is forgotten after ${holds / 1000} s`,
      );
    await this.write(false);
    this.timer = setInterval(() => {
      // What waits for a server that is gone is said when it is back.
      if (this.redis.status === 'ready') void this.write(false).catch(() => undefined);
    }, interval);
  }

  /** Says that all is trained, or that nobody leads the run any longer. */
  async end(isDone: boolean): Promise<void> {
    clearInterval(this.timer);
    await (isDone ? this.write(true) : this.redis.del(this.key));
  }

  /**
   * How the run stands, as a worker asks that serves it: `none` where nobody leads it.
   *
   * @throws InvalidInputError where the run of this name is of other conditions than the worker's: what differs.
   */
  async state(): Promise<'none' | 'open' | 'done'> {
    const made = await this.read();
    if (made === undefined) return 'none';
    if (!made.isDone) this.refuseOther(made.conditions, 'the run', 'the same study file, images, plugins and engine');
    return made.isDone ? 'done' : 'open';
  }

  private async read(): Promise<z.infer<typeof announcementSchema> | undefined> {
    const text = await this.redis.get(this.key);
    if (text === null) return undefined;
    try {
      return announcementSchema.parse(JSON.parse(text));
    } catch (cause) {
      const problem = `${this.address}: its key ${this.key} is not of this version of netspace`;
      throw new InvalidInputError({ key: '--queue', problem, expected: 'the same version for all' }, { cause });
    }
  }

  private async write(isDone: boolean): Promise<void> {
    await this.redis.set(this.key, JSON.stringify({ isDone, conditions: this.run.conditions }), 'PX', holds);
  }

  private refuseOther(theirs: QueuedRun['conditions'], what: string, expected: string): void {
    const { name, conditions } = this.run;
    if (contentHash(theirs) === contentHash(conditions)) return;
    const changes = describeChanges(changesBetween(theirs, conditions));
    const problem = `${this.address}: ${what} named ${name} is trained under other conditions: ${changes}`;
    throw new InvalidInputError({ key: '--queue', problem, expected });
  }
}

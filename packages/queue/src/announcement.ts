import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { InvalidInputError } from '@netspace/contracts';
import type { Redis } from 'ioredis';
import { type Announced, AnnouncedRuns, runKey, runsKey } from './announced-runs.js';
import { isGone, thisProcess } from './process-identity.js';
import type { LedRun } from './queued-run.js';

/** Milliseconds that an announcement holds which is not made again. */
const holds = 15_000;
/** Milliseconds between two of them. */
const interval = 2000;
/** Milliseconds in which one who leads a run makes another one. */
const watched = 1.5 * interval;

/** Says on a server that this process leads a run. */
export class Announcement {
  private readonly leader = randomUUID();
  private readonly process = thisProcess();
  private readonly runs: AnnouncedRuns;
  private beats = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly run: LedRun,
    private readonly address: string,
  ) {
    this.runs = new AnnouncedRuns(redis, run, address);
  }

  /**
   * Says that this process leads the run, until {@link end}. Where one led it a moment ago that was of this machine, its number
   * shows whether it is gone; where it may be elsewhere, a few seconds do.
   *
   * @throws InvalidInputError where another process leads this run, as from a copy of its folder.
   */
  async make(): Promise<void> {
    const before = await this.runs.of(this.run.id);
    if (before?.isDone === false && !isGone(before.process)) {
      await setTimeout(watched);
      const now = await this.runs.of(this.run.id);
      if (now !== undefined && isLater(now, before)) throw this.refusal();
    }
    await this.say(false);
    this.timer = setInterval(() => {
      // What waits for a server that is gone is said when it is back.
      if (this.redis.status === 'ready') void this.say(false).catch(() => undefined);
    }, interval);
  }

  /** Whether no other run of these conditions is led now. */
  async isAlone(): Promise<boolean> {
    return (await this.runs.led()) <= 1;
  }

  /** Says that all is trained, or that nobody leads the run any longer. */
  async end(isDone: boolean): Promise<void> {
    clearInterval(this.timer);
    const { name, id } = this.run;
    await (isDone ? this.say(true) : this.redis.multi().del(runKey(name, id)).srem(runsKey(name), id).exec());
  }

  private async say(isDone: boolean): Promise<void> {
    const { name, id, conditions } = this.run;
    const said: Announced = { leader: this.leader, process: this.process, beats: this.beats++, isDone, conditions };
    await this.redis
      .multi()
      .set(runKey(name, id), JSON.stringify(said), 'PX', holds)
      .sadd(runsKey(name), id)
      .pexpire(runsKey(name), holds)
      .exec();
  }

  private refusal(): InvalidInputError {
    const problem = `${this.address}: another process leads this run of ${this.run.name}, from a copy of its folder`;
    const expected = 'one process at a time: wait for it or end it; or a run of its own, by another --out';
    return new InvalidInputError({ key: '--queue', problem, expected });
  }
}

/** Whether someone has said more since. */
function isLater(now: Announced, before: Announced): boolean {
  return now.leader !== before.leader || now.beats > before.beats;
}

import { changesBetween, contentHash, describeChanges } from '@netspace/content-hash';
import { InvalidInputError } from '@netspace/contracts';
import { conditionsSchema } from '@netspace/run-store';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { processIdentitySchema } from './process-identity.js';
import { prefix, type QueuedRun } from './queued-run.js';

/** What is said on a server of a run, again and again as long as it is led. */
const announcementSchema = z.strictObject({
  /** Of the process that leads it. */
  leader: z.string(),
  process: processIdentitySchema.nullable(),
  /** Grows as long as that lives. */
  beats: z.int(),
  /** Whether all of it is trained. */
  isDone: z.boolean(),
  conditions: z.record(z.string(), conditionsSchema),
});

export type Announced = z.infer<typeof announcementSchema>;

/** The key of a set: the ids of the runs of one name. */
export const runsKey = (name: string): string => `${prefix}:${name}:runs`;
/** The key of what is said of a run. */
export const runKey = (name: string, id: string): string => `${prefix}:${name}:run-${id}`;

/** The runs of one name on a server, as one who knows their study asks for them. */
export class AnnouncedRuns {
  private readonly hash: string;

  constructor(
    private readonly redis: Redis,
    private readonly run: QueuedRun,
    private readonly address: string,
  ) {
    this.hash = contentHash(run.conditions);
  }

  /**
   * What is said of one of them; undefined where nothing is.
   *
   * @throws InvalidInputError where it is of another version of netspace.
   */
  async of(id: string): Promise<Announced | undefined> {
    const key = runKey(this.run.name, id);
    return this.read(key, await this.redis.get(key));
  }

  /** How many runs of these conditions are led. */
  async led(): Promise<number> {
    return (await this.all()).filter((one) => this.isSame(one) && !one.isDone).length;
  }

  /**
   * How the runs of these conditions stand: `open` where one is led, `done` where all of what was led lately is trained,
   * `none` where there is none.
   *
   * @throws InvalidInputError where there is none, but one of other conditions is led: what differs.
   */
  async state(): Promise<'none' | 'open' | 'done'> {
    const all = await this.all();
    const same = all.filter((one) => this.isSame(one));
    if (same.length > 0) return same.every(({ isDone }) => isDone) ? 'done' : 'open';
    const other = all.find(({ isDone }) => !isDone);
    if (other !== undefined) throw this.refusal(other);
    return 'none';
  }

  private async all(): Promise<Announced[]> {
    const keys = (await this.redis.smembers(runsKey(this.run.name))).sort().map((id) => runKey(this.run.name, id));
    if (keys.length === 0) return [];
    const texts = await this.redis.mget(keys);
    return texts.map((text, index) => this.read(keys[index]!, text)).filter((one) => one !== undefined);
  }

  private read(key: string, text: string | null): Announced | undefined {
    if (text === null) return undefined;
    try {
      return announcementSchema.parse(JSON.parse(text));
    } catch (cause) {
      const problem = `${this.address}: its key ${key} is not of this version of netspace`;
      throw new InvalidInputError({ key: '--queue', problem, expected: 'the same version for all' }, { cause });
    }
  }

  private isSame({ conditions }: Announced): boolean {
    return contentHash(conditions) === this.hash;
  }

  private refusal({ conditions: theirs }: Announced): InvalidInputError {
    const { name, conditions } = this.run;
    const changes = describeChanges(changesBetween(theirs, conditions));
    const problem = `${this.address}: the run named ${name} is trained under other conditions: ${changes}`;
    const expected = 'the same study file, images, plugins and engine';
    return new InvalidInputError({ key: '--queue', problem, expected });
  }
}

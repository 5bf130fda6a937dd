import type { WorkerDescription } from '@netspace/contracts';
import type { Sign } from './messages.js';

interface Present {
  readonly lanes: number;
  readonly description: WorkerDescription;
  /** Milliseconds of this process's steady clock. */
  readonly heard: number;
}

/** Who is there to train, by the signs of life that workers give, and the places that tasks have with them. */
export class Presence {
  private readonly present = new Map<string, Present>();
  private readonly asking = new Set<() => void>();
  private taken = 0;
  private isMissed = false;

  /**
   * @param patience - Milliseconds without a sign after which a worker is gone.
   */
  constructor(
    private readonly patience: number,
    private readonly onNotice: (message: string) => void,
  ) {}

  /** Tasks that may be on the queue at once: one more for each worker than it trains, so that it never waits for one. */
  get capacity(): number {
    let capacity = 0;
    for (const { lanes } of this.present.values()) capacity += lanes + 1;
    return capacity;
  }

  /** Of the worker that was heard last; undefined where there is none. */
  get description(): WorkerDescription | undefined {
    return [...this.present.values()].at(-1)?.description;
  }

  hear({ id, lanes, description }: Sign): void {
    const before = this.present.get(id);
    this.present.delete(id);
    if (lanes > 0) this.present.set(id, { lanes, description, heard: performance.now() });
    if (before === undefined && lanes > 0) {
      this.onNotice(`${description.host} trains ${lanes} at a time: ${description.evaluator}`);
    }
    if (before !== undefined && lanes === 0) this.onNotice(`${description.host} leaves`);
    this.admit();
  }

  /** Leaves out who gave no sign for long, and says where nobody is left. */
  look(): void {
    for (const [id, { heard, description }] of this.present) {
      if (performance.now() - heard < this.patience) continue;
      this.present.delete(id);
      this.onNotice(`${description.host} gives no sign of life any longer`);
    }
    const isMissed = this.present.size === 0 && this.asking.size > 0;
    if (isMissed && !this.isMissed) this.onNotice('No worker is there: trainings wait for `netspace worker`');
    this.isMissed = isMissed;
  }

  /**
   * Takes a place as soon as there is one.
   *
   * @throws The reason of `signal`.
   */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        this.asking.delete(enter);
        reject(signal.reason as Error);
      };
      const enter = (): void => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      signal.addEventListener('abort', abort, { once: true });
      this.asking.add(enter);
      this.admit();
    });
  }

  give(): void {
    this.taken--;
    this.admit();
  }

  private admit(): void {
    for (const enter of this.asking) {
      if (this.taken >= this.capacity) return;
      this.asking.delete(enter);
      this.taken++;
      enter();
    }
  }
}

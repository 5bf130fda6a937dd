/** Seconds without progress that are no sign of a hang, however fast a training is. */
const least = 60;

/** Milliseconds between two looks. */
const pause = 5000;

/**
 * Watches a training that may hang: one that has made no progress for longer than all of it takes at its own speed, and a
 * minute besides. A training that has told no progress yet, as where it waits for a place, is not known to hang.
 *
 * @example
 * import { HangWatch } from '@netspace/population';
 * const watch = new HangWatch(() => performance.now() / 1000, (seen) => console.log(seen));
 * watch.reach(0.5);
 * watch.end();
 */
export class HangWatch {
  private start: number;
  /** Share that was done before. */
  private before = 0;
  private last: number;
  /** Seconds of the whole training, at its own speed. */
  private expected: number | undefined;
  private looks = 0;
  private readonly timer: NodeJS.Timeout;

  /**
   * @param now - Clock in seconds.
   * @param onHang - Called once, with what was seen.
   */
  constructor(
    private readonly now: () => number,
    private readonly onHang: (seen: string) => void,
  ) {
    this.start = this.last = now();
    this.timer = setInterval(() => this.look(), pause);
    this.timer.unref();
  }

  /** It goes on where so much was done, 0 to 1: its speed is that of what follows. */
  resume(share: number): void {
    this.before = share;
    this.start = this.last = this.now();
  }

  /** So much is done, 0 to 1. */
  reach(share: number): void {
    this.last = this.now();
    this.looks = 0;
    if (share > this.before) this.expected = (this.last - this.start) / (share - this.before);
  }

  /** The training is over. */
  end(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    if (this.expected === undefined || this.now() - this.last <= least + this.expected) return;
    // Of a process that was stopped and goes on, what it was told meanwhile comes before the second look.
    if (++this.looks < 2) return;
    this.end();
    const silent = Math.round(this.now() - this.last);
    this.onHang(
      `made no progress for ${silent} s, where all of it takes ${Math.round(this.expected)} s at its speed: it hangs`,
    );
  }
}

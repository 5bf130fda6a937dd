/** Seconds without progress that are no sign of a hang, however fast a training is. */
export const least = 60;

/** Milliseconds between two looks. */
const pause = 5000;

/**
 * Watches something that may hang: one that has made no progress for longer than all of it takes at its own speed and a minute
 * besides, or than others of its kind say; before it has told any, for longer than those say, or than is allowed at most.
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
   * @param others - Seconds by others of its kind, Infinity where there are none; asked at each look, since they may end meanwhile.
   * @param most - Seconds until its first progress, at most.
   * @param onHang - Called once, with what was seen.
   */
  constructor(
    private readonly now: () => number,
    private readonly others: () => number,
    private readonly most: number,
    private readonly onHang: (seen: string) => void,
  ) {
    this.start = this.last = now();
    this.timer = setInterval(() => this.look(), pause);
    this.timer.unref();
  }

  /** Whether it has told any progress. */
  get hasBegun(): boolean {
    return this.expected !== undefined;
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

  /** It is over. */
  end(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const silent = this.now() - this.last;
    const limit = Math.min(this.others(), this.expected === undefined ? this.most : least + this.expected);
    if (silent <= limit) return;
    // Of a process that was stopped and goes on, what it was told meanwhile comes before the second look.
    if (++this.looks < 2) return;
    this.end();
    const when = this.expected === undefined ? 'as it begins' : 'at its speed';
    this.onHang(
      `made no progress for ${Math.round(silent)} s, where ${when} ${Math.round(limit)} s are the most: it hangs`,
    );
  }
}

/** Seconds at the start, when workers load what they need, that say nothing of the speed. */
const startUp = 10;

/** Estimates the seconds left from the work done so far: what is left takes as long a unit as what was done. */
export class TimeLeft {
  private done = 0;

  /**
   * @param total - Work in all, in any unit.
   * @param now - Clock in seconds.
   */
  constructor(
    private readonly total: number,
    private readonly now: () => number,
    private readonly start = now(),
  ) {}

  /** Counts work as done. */
  add(work: number): void {
    this.done += work;
  }

  /** Seconds left, given also work in progress; undefined in the first seconds. */
  seconds(inProgress: number): number | undefined {
    const done = this.done + inProgress;
    const elapsed = this.now() - this.start;
    return done > 0 && (elapsed > startUp || done >= this.total) ? (elapsed * (this.total - done)) / done : undefined;
  }
}

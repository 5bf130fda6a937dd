/** Wall-clock seconds while it runs. */
export class Stopwatch {
  private since: number | undefined;

  /** @param before - Seconds to begin with. */
  constructor(private before = 0) {}

  get seconds(): number {
    return this.before + (this.since === undefined ? 0 : (performance.now() - this.since) / 1000);
  }

  start(): void {
    this.since ??= performance.now();
  }

  stop(): void {
    this.before = this.seconds;
    this.since = undefined;
  }
}

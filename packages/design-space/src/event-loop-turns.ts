/** Milliseconds of work between two turns of the event loop. */
const longestWork = 50;

/** Calls between two looks at the clock. */
const callsPerLook = 16;

/** Turns of the event loop in the middle of long work, so that timers and signals are heard. */
export class EventLoopTurns {
  private calls = 0;
  private last = performance.now();

  /** @param signal - Ends the work when it is aborted. */
  constructor(private readonly signal?: AbortSignal) {
    signal?.throwIfAborted();
  }

  /** Whether a turn is due: asked once for each small piece of work. */
  get areDue(): boolean {
    return ++this.calls % callsPerLook === 0 && performance.now() - this.last > longestWork;
  }

  /**
   * Gives the event loop a turn.
   *
   * @throws The signal's reason where it is aborted.
   */
  async take(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.signal?.throwIfAborted();
    this.last = performance.now();
  }
}

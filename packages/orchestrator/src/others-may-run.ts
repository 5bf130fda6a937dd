/** Lets the event loop turn: timers, signals and messages get their time. */
export function othersMayRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

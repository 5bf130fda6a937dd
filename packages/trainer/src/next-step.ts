import { setImmediate } from 'node:timers/promises';

/**
 * Lets the process do what else is waiting, such as messages and timers, between two steps that would keep it busy.
 *
 * @throws The signal's reason, by default an AbortError, where it was aborted.
 */
export async function nextStep(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

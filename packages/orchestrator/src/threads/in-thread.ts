import { Worker } from 'node:worker_threads';
import { type InvalidInput, InvalidInputError } from '@netspace/contracts';

/** What a thread is given. */
export interface ThreadData {
  /** URL of the module whose function `compute` it calls. */
  readonly module: string;
  readonly input: unknown;
}

/** What a thread answers. */
export type ThreadAnswer =
  | { readonly kind: 'done'; readonly output: unknown }
  /** Bad input: as an error it would lose its class on the way. */
  | { readonly kind: 'refused'; readonly input: InvalidInput };

/**
 * Calls the function `compute` of a module in a thread of its own: however long it computes without a break, others may run,
 * and `signal` ends it at once.
 *
 * @param input - Plain data.
 * @throws What the function throws, and the signal's reason.
 */
export async function inThread<Output>(module: URL, input: unknown, signal?: AbortSignal): Promise<Output> {
  signal?.throwIfAborted();
  const workerData: ThreadData = { module: module.href, input };
  const thread = new Worker(new URL('./thread-main.js', import.meta.url), { workerData });
  const stop = (): void => void thread.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await answerOf(thread);
    if (answer.kind === 'refused') throw new InvalidInputError(answer.input);
    return answer.output as Output;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

function answerOf(thread: Worker): Promise<ThreadAnswer> {
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread ended without an answer')));
  });
}

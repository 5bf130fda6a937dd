import { Worker } from 'node:worker_threads';
import { type InvalidInput, InvalidInputError } from '@netspace/contracts';

/** What a thread begins with; the input comes as its first message. */
export interface ThreadData {
  /** URL of the module whose function `compute` it calls. */
  readonly module: string;
}

/** How far a thread is. */
export interface ThreadProgress {
  readonly done: number;
  readonly total: number;
}

/** What a thread tells: its progress as it goes, and at the end its answer. */
export type ThreadMessage = ({ readonly kind: 'progress' } & ThreadProgress) | ThreadAnswer;

/** What a thread answers. */
export type ThreadAnswer =
  | { readonly kind: 'done'; readonly output: unknown }
  /** Bad input: as an error it would lose its class on the way. */
  | { readonly kind: 'refused'; readonly input: InvalidInput };

/** How a thread is watched and ended. */
export interface ThreadControl {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: ThreadProgress) => void;
}

/**
 * Calls the function `compute` of a module in a thread of its own: however long it computes without a break, others may run,
 * and `signal` ends it at once.
 *
 * @param input - Plain data, or what becomes it: the thread starts meanwhile.
 * @param control - `onProgress` is called with what the function tells of its progress.
 * @throws What the function throws, or what becomes of the input, and the signal's reason.
 */
export async function inThread<Output>(
  module: URL,
  input: unknown,
  { signal, onProgress = () => undefined }: ThreadControl = {},
): Promise<Output> {
  // What becomes of it is told once it is waited for.
  Promise.resolve(input).catch(() => undefined);
  signal?.throwIfAborted();
  const workerData: ThreadData = { module: module.href };
  const thread = new Worker(new URL('./thread-main.js', import.meta.url), { workerData });
  const stop = (): void => void thread.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  const answered = answerOf(thread, onProgress);
  // It may fail before anyone waits for it.
  answered.catch(() => undefined);
  try {
    thread.postMessage(await input);
    const answer = await answered;
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

function answerOf(thread: Worker, onProgress: (progress: ThreadProgress) => void): Promise<ThreadAnswer> {
  return new Promise((resolve, reject) => {
    thread.on('message', (message: ThreadMessage) => {
      if (message.kind !== 'progress') {
        resolve(message);
        return;
      }
      try {
        onProgress({ done: message.done, total: message.total });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread ended without an answer')));
  });
}

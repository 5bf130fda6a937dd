import { Worker } from 'node:worker_threads';
import { type InvalidInput, InvalidInputError } from '@netspace/contracts';

/** What a thread begins with; its input comes in parts. */
export interface ThreadData {
  /** URL of the module whose function `compute` it calls. */
  readonly module: string;
}

/** What a thread is told: the names of the parts of its input, and then each part. */
export type ThreadInput =
  | { readonly kind: 'parts'; readonly names: readonly string[] }
  | { readonly kind: 'part'; readonly name: string; readonly value: unknown };

/** The input of a function that computes in a thread: each of its parts comes when it is there. */
export type InParts<Input> = { readonly [Part in keyof Input]: Promise<Input[Part]> };

/** The same where it comes from: plain data, or what becomes it. */
export type PartsOf<Input> = { readonly [Part in keyof Input]: Input[Part] | Promise<Input[Part]> };

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

/** Starts a thread of a module, which loads meanwhile. It keeps no process from ending before {@link inThread} calls it. */
export function startThread(module: URL): Worker {
  const workerData: ThreadData = { module: module.href };
  const thread = new Worker(new URL('./thread-main.js', import.meta.url), { workerData });
  thread.unref();
  return thread;
}

/**
 * Calls the function `compute` of a module, whose input is {@link InParts}, in a thread of its own: however long it computes without a break, others may run,
 * and `signal` ends it at once.
 *
 * @param module - Or a thread of it that was started, which ends with this call.
 * @param parts - Plain data, or what becomes it: the thread starts meanwhile, and has each part as soon as it is there.
 * @param control - `onProgress` is called with what the function tells of its progress.
 * @throws What the function throws, or what becomes of a part that fails, and the signal's reason.
 */
export async function inThread<Output>(
  module: URL | Worker,
  parts: Readonly<Record<string, unknown>>,
  { signal, onProgress = () => undefined }: ThreadControl = {},
): Promise<Output> {
  // What becomes of them is told once they are waited for.
  for (const part of Object.values(parts)) Promise.resolve(part).catch(() => undefined);
  const thread = module instanceof Worker ? module : startThread(module);
  const stop = (): void => void thread.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
    thread.ref();
    const answered = answerOf(thread, onProgress);
    const answer = await Promise.race([answered, sendParts(thread, parts).then(() => answered)]);
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

/** @throws What becomes of a part that fails. */
async function sendParts(thread: Worker, parts: Readonly<Record<string, unknown>>): Promise<void> {
  const tell = (input: ThreadInput): void => thread.postMessage(input);
  const send = async ([name, part]: [string, unknown]): Promise<void> =>
    tell({ kind: 'part', name, value: await part });
  tell({ kind: 'parts', names: Object.keys(parts) });
  await Promise.all(Object.entries(parts).map(send));
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

/** The entry of a thread: calls the function of the module that it is given. */
import { parentPort, workerData } from 'node:worker_threads';
import { InvalidInputError } from '@netspace/contracts';
import type { ThreadAnswer, ThreadData, ThreadMessage, ThreadProgress } from './in-thread.js';

const loaded = load(workerData as ThreadData);
// What is wrong with the module is told when there is an input.
loaded.catch(() => undefined);
parentPort!.once('message', (input) => void answer(input).then(tell));

type Compute = (input: unknown, onProgress: (progress: ThreadProgress) => void) => unknown;

function tell(message: ThreadMessage): void {
  parentPort!.postMessage(message);
}

async function load({ module }: ThreadData): Promise<Compute> {
  return ((await import(module)) as { compute: Compute }).compute;
}

async function answer(input: unknown): Promise<ThreadAnswer> {
  try {
    const compute = await loaded;
    return { kind: 'done', output: await compute(input, (progress) => tell({ kind: 'progress', ...progress })) };
  } catch (error) {
    if (error instanceof InvalidInputError) return { kind: 'refused', input: error.input };
    throw error;
  }
}

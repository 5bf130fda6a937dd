/** The entry of a thread: calls the function of the module that it is given. */
import { parentPort, workerData } from 'node:worker_threads';
import { InvalidInputError } from '@netspace/contracts';
import type { ThreadAnswer, ThreadData, ThreadMessage, ThreadProgress } from './in-thread.js';

tell(await answer(workerData as ThreadData));

type Compute = (input: unknown, onProgress: (progress: ThreadProgress) => void) => unknown;

function tell(message: ThreadMessage): void {
  parentPort!.postMessage(message);
}

async function answer({ module, input }: ThreadData): Promise<ThreadAnswer> {
  try {
    const { compute } = (await import(module)) as { compute: Compute };
    return { kind: 'done', output: await compute(input, (progress) => tell({ kind: 'progress', ...progress })) };
  } catch (error) {
    if (error instanceof InvalidInputError) return { kind: 'refused', input: error.input };
    throw error;
  }
}

/** The entry of a thread: calls the function of the module that it is given. */
import { parentPort, workerData } from 'node:worker_threads';
import { InvalidInputError } from '@netspace/contracts';
import type { ThreadAnswer, ThreadData } from './in-thread.js';

parentPort!.postMessage(await answer(workerData as ThreadData));

async function answer({ module, input }: ThreadData): Promise<ThreadAnswer> {
  try {
    const { compute } = (await import(module)) as { compute: (input: unknown) => unknown };
    return { kind: 'done', output: await compute(input) };
  } catch (error) {
    if (error instanceof InvalidInputError) return { kind: 'refused', input: error.input };
    throw error;
  }
}

/** The entry of a thread: calls the function of the module that it is given. */
import { parentPort, workerData } from 'node:worker_threads';
import { InvalidInputError } from '@netspace/contracts';
import type { ThreadAnswer, ThreadData, ThreadMessage, ThreadPart, ThreadProgress } from './in-thread.js';

const { module, parts } = workerData as ThreadData;
void answer(receive(parts)).then(tell);

type Compute = (input: unknown, onProgress: (progress: ThreadProgress) => void) => unknown;

function tell(message: ThreadMessage): void {
  parentPort!.postMessage(message);
}

/** The parts of the input, as they come. */
function receive(names: readonly string[]): Readonly<Record<string, Promise<unknown>>> {
  const known = new Map<string, (value: unknown) => void>();
  parentPort!.on('message', ({ name, value }: ThreadPart) => known.get(name)!(value));
  return Object.fromEntries(names.map((name) => [name, new Promise((resolve) => known.set(name, resolve))]));
}

async function answer(input: unknown): Promise<ThreadAnswer> {
  try {
    const { compute } = (await import(module)) as { compute: Compute };
    return { kind: 'done', output: await compute(input, (progress) => tell({ kind: 'progress', ...progress })) };
  } catch (error) {
    if (error instanceof InvalidInputError) return { kind: 'refused', input: error.input };
    throw error;
  }
}

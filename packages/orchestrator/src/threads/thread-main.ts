/** The entry of a thread: calls the function of the module that it is given. */
import { parentPort, workerData } from 'node:worker_threads';
import { InvalidInputError } from '@netspace/contracts';
import type { ThreadAnswer, ThreadData, ThreadInput, ThreadMessage, ThreadProgress } from './in-thread.js';

type Compute = (input: unknown, onProgress: (progress: ThreadProgress) => void) => unknown;

const loading = import((workerData as ThreadData).module) as Promise<{ readonly compute: Compute }>;
void receive().then(answer).then(tell);

function tell(message: ThreadMessage): void {
  parentPort!.postMessage(message);
}

/** The parts of the input, as they come. */
function receive(): Promise<Readonly<Record<string, Promise<unknown>>>> {
  const known = new Map<string, (value: unknown) => void>();
  return new Promise((called) => {
    parentPort!.on('message', (input: ThreadInput) => {
      if (input.kind === 'part') known.get(input.name)!(input.value);
      else called(Object.fromEntries(input.names.map((name) => [name, new Promise((come) => known.set(name, come))])));
    });
  });
}

async function answer(input: unknown): Promise<ThreadAnswer> {
  try {
    const { compute } = await loading;
    return { kind: 'done', output: await compute(input, (progress) => tell({ kind: 'progress', ...progress })) };
  } catch (error) {
    if (error instanceof InvalidInputError) return { kind: 'refused', input: error.input };
    throw error;
  }
}

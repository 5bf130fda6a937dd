import { InvalidInputError, type Runner, type RunnerWorker } from '@netspace/contracts';
import { WorkerProcess } from './worker-process.js';

/** What workers of this machine load. */
export interface LocalRunnerOptions {
  /** The module each worker loads: it exports `createTaskTrainer` (contracts: CreateTaskTrainer). */
  readonly workerModule: URL;
  /** What `createTaskTrainer` is given; must survive JSON. */
  readonly workerData: unknown;
}

/**
 * A runner whose workers are processes of this machine.
 *
 * A crash of native code or a lack of memory costs one network's training at most. Workers end with the process that
 * started them, however it ends. An interrupt from the terminal does not reach them, and a SIGTERM means nothing to them:
 * that process decides what it means. One that is stopped has half a second, or as long as its module says that a training
 * takes to keep how far it is.
 * What they print goes where its output goes, and it does not matter to them whether anyone reads it.
 *
 * @example
 * import { localRunner } from '@netspace/local-runner';
 * const code = `export const createTaskTrainer = async (data) => ({
 *   description: { netspace: '1', node: '20', evaluator: data.name, instructionSet: null, host: 'here' },
 *   train: async () => { throw new Error('not now'); },
 *   close: async () => undefined,
 * })`;
 * const workerModule = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
 * const runner = localRunner({ workerModule, workerData: { name: 'none' } });
 * const worker = await runner.start(new AbortController().signal);
 * worker.description.evaluator; // => 'none'
 * await worker.stop();
 */
export function localRunner({ workerModule, workerData }: LocalRunnerOptions): Runner {
  return {
    async start(signal) {
      signal.throwIfAborted();
      const process = new WorkerProcess();
      const stop = (): void => void process.stop();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const worker = await load(process, { workerModule, workerData });
        signal.throwIfAborted();
        return worker;
      } catch (error) {
        await process.stop();
        // A worker that was stopped is lost, but not by itself.
        throw signal.aborted ? signal.reason : error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

async function load(process: WorkerProcess, { workerModule, workerData }: LocalRunnerOptions): Promise<RunnerWorker> {
  const answer = await process.ask({ kind: 'start', workerModule: workerModule.href, workerData });
  if (answer.kind === 'unusable') {
    throw answer.input === undefined ? new Error(answer.message) : new InvalidInputError(answer.input);
  }
  process.secondsToStop = answer.secondsToStop ?? process.secondsToStop;
  return {
    description: answer.description,
    train: (task, watch) => process.ask({ kind: 'train', task }, watch),
    stop: () => process.stop(),
  };
}

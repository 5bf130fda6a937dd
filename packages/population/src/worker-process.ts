import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InvalidInputError, type TrainingRecord } from '@netspace/contracts';
import type { FromWorker, ToWorker } from './messages.js';
import type { ReportProgress, TrainingTask } from './training-task.js';

/** A worker process died: killed, out of memory, or a crash of native code. */
export class WorkerCrash extends Error {
  override readonly name = 'WorkerCrash';
}

/** One worker process and the task it works on. */
export class WorkerProcess {
  private readonly child: ChildProcess;
  private readonly exited: Promise<string>;

  constructor() {
    const entry = fileURLToPath(new URL('./worker-main.js', import.meta.url));
    // Detached: an interrupt from the terminal reaches this process alone, which decides what it means.
    this.child = fork(entry, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [], detached: true });
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(error.message));
      this.child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
    });
  }

  /**
   * Loads the worker's module.
   *
   * @throws InvalidInputError that the module threw; Error where it could not be loaded; WorkerCrash where the process ended.
   */
  async start(workerModule: URL, workerData: unknown): Promise<void> {
    const answer = await this.ask({ kind: 'start', workerModule: workerModule.href, workerData });
    if (answer.kind !== 'unusable') return;
    throw answer.input === undefined ? new Error(answer.message) : new InvalidInputError(answer.input);
  }

  /**
   * Trains one network.
   *
   * @returns Its record, or the message of what the training threw.
   * @throws WorkerCrash where the process ended.
   */
  async train(task: TrainingTask, onProgress: ReportProgress): Promise<TrainingRecord | string> {
    const answer = await this.ask({ kind: 'train', task }, onProgress);
    return answer.kind === 'trained' ? answer.record : (answer as Extract<FromWorker, { kind: 'failed' }>).message;
  }

  /** Ends the process at once and resolves when it is gone. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  private async ask(question: ToWorker, onProgress?: ReportProgress): Promise<FromWorker> {
    let listen: (message: FromWorker) => void = () => undefined;
    const answered = new Promise<FromWorker>((resolve) => {
      listen = (message) => {
        if (message.kind === 'progress') onProgress?.(message.share);
        else resolve(message);
      };
    });
    const crashed = this.exited.then((reason) => new WorkerCrash(`the worker process ended: ${reason}`));
    this.child.on('message', listen);
    try {
      this.child.send(question, () => undefined);
      const result = await Promise.race([answered, crashed]);
      if (result instanceof WorkerCrash) throw result;
      return result;
    } finally {
      this.child.off('message', listen);
    }
  }
}

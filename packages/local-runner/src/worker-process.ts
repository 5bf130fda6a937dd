import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type TrainingWatch, WorkerLost } from '@netspace/contracts';
import type { AnswerTo, FromWorker, ToWorker } from './messages.js';

/** A worker process and what it is asked. */
export class WorkerProcess {
  /** Seconds that it has to end by itself, to free what it holds; computing without a break, it does not even notice. */
  secondsToStop = 0.5;
  private readonly child: ChildProcess;
  /** How it ended. */
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
   * Tells it what to do and waits for its answer. One question at a time.
   *
   * @throws WorkerLost where the process ends before.
   */
  async ask<Kind extends keyof AnswerTo>(
    question: Extract<ToWorker, { kind: Kind }>,
    watch?: TrainingWatch,
  ): Promise<AnswerTo[Kind]> {
    let listen: (message: FromWorker) => void = () => undefined;
    const answered = new Promise<AnswerTo[Kind]>((resolve) => {
      listen = (message) => {
        if (message.kind === 'progress') watch?.onProgress(message.share);
        else if (message.kind === 'epoch') watch?.onEpoch(message.epoch);
        else if (message.kind === 'resumed') watch?.onResume?.(message.share);
        else if (message.kind === 'notice') watch?.onNotice?.(message.message);
        else resolve(message as AnswerTo[Kind]);
      };
    });
    const lost = this.exited.then((how): never => {
      throw new WorkerLost(`the worker process ended: ${how}`);
    });
    this.child.on('message', listen);
    try {
      this.tell(question);
      return await Promise.race([answered, lost]);
    } finally {
      this.child.off('message', listen);
    }
  }

  /** Ends it and resolves when it is gone. */
  async stop(): Promise<void> {
    this.tell({ kind: 'stop' });
    const kill = setTimeout(() => this.child.kill('SIGKILL'), 1000 * this.secondsToStop);
    await this.exited;
    clearTimeout(kill);
  }

  private tell(message: ToWorker): void {
    // Where it cannot be told any more, it has ended, which is seen elsewhere.
    this.child.send(message, () => undefined);
  }
}

/** The entry of a worker process: loads the module it is told to, then trains one task after the other. */
import { type CreateTaskTrainer, InvalidInputError, type TaskTrainer } from '@netspace/contracts';
import type { AnswerTo, FromWorker, ToWorker } from './messages.js';

const parent = process.ppid;
/** Least time between two reports of progress, in milliseconds. */
const reportInterval = 200;
const stopping = new AbortController();
let trainer: TaskTrainer | undefined;
let lastReport = -Infinity;
/** What it is doing; never rejects. */
let work: Promise<void> = Promise.resolve();

// What is printed may find its reader gone: `netspace study train | head`.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
// A cluster tells all processes of a job that it ends, a machine all of them: who started this one decides what it means.
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') void stop();
  else work = answer(message);
});

async function answer(message: Exclude<ToWorker, { kind: 'stop' }>): Promise<void> {
  tell(await (message.kind === 'start' ? start(message) : train(message)));
}

async function start({ workerModule, workerData }: Extract<ToWorker, { kind: 'start' }>): Promise<AnswerTo['start']> {
  try {
    const module = (await import(workerModule)) as { createTaskTrainer: CreateTaskTrainer<unknown> };
    trainer = await module.createTaskTrainer(workerData);
    const { description, secondsToStop } = trainer;
    return { kind: 'ready', description, ...(secondsToStop === undefined ? {} : { secondsToStop }) };
  } catch (error) {
    const message = messageOf(error);
    return error instanceof InvalidInputError
      ? { kind: 'unusable', message, input: error.input }
      : { kind: 'unusable', message };
  }
}

async function train({ task }: Extract<ToWorker, { kind: 'train' }>): Promise<AnswerTo['train']> {
  try {
    const outcome = await trainer!.train(task, {
      onProgress: reportProgress,
      onResume: (share) => tell({ kind: 'resumed', share }),
      onEpoch: (epoch) => tell({ kind: 'epoch', epoch }),
      // Also what goes wrong as it ends.
      onNotice: (message) => send({ kind: 'notice', message }),
      signal: stopping.signal,
    });
    return { kind: 'trained', outcome };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}

/** Ends what it does, frees what it holds and exits. Whatever hangs meanwhile is killed from outside. */
async function stop(): Promise<void> {
  stopping.abort(new Error('the worker is stopped'));
  try {
    await work;
    await trainer?.close();
  } finally {
    process.exit();
  }
}

/** A training may never yield to the event loop, so this is where an orphan notices that its parent is gone. */
function reportProgress(share: number): void {
  if (process.ppid !== parent) process.exit();
  const now = performance.now();
  if (now - lastReport < reportInterval) return;
  lastReport = now;
  tell({ kind: 'progress', share });
}

/** A worker that is stopped has no answer: a training that was ended early did not fail. */
function tell(message: FromWorker): void {
  if (!stopping.signal.aborted) send(message);
}

/** Where who started this process is gone, nobody is told; `disconnect` follows. */
function send(message: FromWorker): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

/** Bad input says all in its message; other errors need their stack. */
function messageOf(error: unknown): string {
  if (error instanceof InvalidInputError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

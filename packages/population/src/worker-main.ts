/** The entry of a worker process: loads the module it is told to, then trains one task after the other. */
import { InvalidInputError } from '@netspace/contracts';
import type { FromWorker, ToWorker } from './messages.js';
import type { CreateTrainer, TrainNetwork } from './training-task.js';

const parent = process.ppid;
/** Least time between two reports of progress, in milliseconds. */
const reportInterval = 200;
let trainNetwork: TrainNetwork;
let lastReport = -Infinity;

process.on('disconnect', () => process.exit());
process.on('message', (message: ToWorker) => void receive(message));

async function receive(message: ToWorker): Promise<void> {
  if (message.kind === 'start') tell(await start(message));
  else tell(await train(message));
}

async function start({ workerModule, workerData }: Extract<ToWorker, { kind: 'start' }>): Promise<FromWorker> {
  try {
    const module = (await import(workerModule)) as { createTrainer: CreateTrainer<unknown> };
    trainNetwork = await module.createTrainer(workerData);
    return { kind: 'ready' };
  } catch (error) {
    const message = messageOf(error);
    return error instanceof InvalidInputError
      ? { kind: 'unusable', message, input: error.input }
      : { kind: 'unusable', message };
  }
}

async function train({ task }: Extract<ToWorker, { kind: 'train' }>): Promise<FromWorker> {
  try {
    return { kind: 'trained', record: await trainNetwork(task, reportProgress) };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
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

function tell(message: FromWorker): void {
  process.send?.(message);
}

/** Bad input says all in its message; other errors need their stack. */
function messageOf(error: unknown): string {
  if (error instanceof InvalidInputError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

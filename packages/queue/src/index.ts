// Where a queue is, and of what
export { QueueAddress } from './queue-address.js';
export type { LedRun, QueuedRun } from './queued-run.js';

// Who leads a run, and who trains its networks
export { type QueueOptions, QueueRunner } from './queue-runner.js';
export { type Served, serveQueue, type ServeOptions } from './serve-queue.js';

// How far their trainings are
export { type CheckpointRoom, QueuedCheckpoints } from './queued-checkpoints.js';

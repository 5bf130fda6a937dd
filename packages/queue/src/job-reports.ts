import type { EpochRecord, TrainingWatch } from '@netspace/contracts';
import type { Job } from 'bullmq';
import type { Report } from './messages.js';

/** Least milliseconds between two reports of progress of a job. */
const interval = 1000;

/** Tells on the queue how a job goes on: every epoch and notice, in order; progress now and then. */
export class JobReports implements TrainingWatch {
  private told: Promise<void> = Promise.resolve();
  private last = -Infinity;

  constructor(private readonly job: Job) {}

  readonly onProgress = (share: number): void => {
    const now = performance.now();
    if (now - this.last < interval) return;
    this.last = now;
    this.tell({ kind: 'progress', share });
  };

  readonly onEpoch = (epoch: EpochRecord): void => this.tell({ kind: 'epoch', epoch });

  readonly onResume = (share: number): void => this.tell({ kind: 'resume', share });

  readonly onNotice = (message: string): void => this.tell({ kind: 'notice', message });

  /** Resolves when all is told. */
  end(): Promise<void> {
    return this.told;
  }

  private tell(report: Report): void {
    // A job that is no longer on the server is trained to its end: its result may still be wanted.
    this.told = this.told.then(() => this.job.updateProgress(report)).catch(() => undefined);
  }
}

import type { SampledNetwork, TrainingRecord } from '@netspace/contracts';

/** One network to train. */
export interface TrainingTask {
  /** Name of the space it was drawn from. */
  readonly space: string;
  readonly network: SampledNetwork;
}

/** Called by a training as it goes on, with the share that is done, 0 to 1. */
export type ReportProgress = (share: number) => void;

/** Trains one network and returns its record. What it throws becomes a record of status `failed`. */
export type TrainNetwork = (task: TrainingTask, onProgress: ReportProgress) => Promise<TrainingRecord>;

/**
 * What the module of a worker exports as `createTrainer`: called once in each worker process, to load what every network
 * needs. An InvalidInputError that it throws ends the whole run.
 */
export type CreateTrainer<WorkerData> = (data: WorkerData) => Promise<TrainNetwork>;

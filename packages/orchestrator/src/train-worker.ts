import type { TrainNetwork } from '@netspace/population';
import type { Study } from './study.js';
import { openStudyTraining, trainStudyNetwork } from './study-training.js';

/** What a worker process is told at its start. */
export interface WorkerData {
  readonly study: Study;
  /** The engine's own name, chosen once for the whole run. */
  readonly engine: string;
  /** What each network may use. */
  readonly cores: number;
  readonly recipeHash: string;
}

/** Called by a worker process of the population: loads once what every network needs. */
export async function createTrainer({ study, engine, cores, recipeHash }: WorkerData): Promise<TrainNetwork> {
  const training = await openStudyTraining(study, engine, cores);
  return ({ space, network }, onProgress) =>
    trainStudyNetwork(training, network, { onProgress }, ({ outcome }) => ({
      ...{ space, network, recipeHash, engine: training.engine.name },
      ...outcome,
    }));
}

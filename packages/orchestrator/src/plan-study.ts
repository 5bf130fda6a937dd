import { openRunFolder } from '@netspace/run-store';
import { armsOf, type Study } from '@netspace/study';
import type { MemoryPlan } from './memory-plan.js';
import { samplePopulations } from './steps/sample-populations.js';
import type { TrainOptions } from './steps/prepare-training.js';
import { planTraining } from './steps/train-populations.js';

/** How a study would be run. */
export interface PlanOptions extends TrainOptions {
  /** Folder of the results: it may be in use, and is left as it is. */
  readonly directory: string;
}

/**
 * Draws a study's populations and plans the memory of their training, and leaves its folder as it is.
 *
 * @returns The plan; null where no engine trains.
 * @throws InvalidInputError as `samplePopulations` and `planTraining`; AbortError where `signal` ends it.
 */
export async function planStudy(study: Study, { directory, ...options }: PlanOptions): Promise<MemoryPlan | null> {
  const folder = await openRunFolder(directory);
  const run = { folder, study, before: undefined, arms: armsOf(study), close: () => Promise.resolve() };
  const populations = await samplePopulations(run, false, options);
  return planTraining(run, populations, options);
}

import { type PopulationRun, type TrainingCounts, trainPopulation } from '@netspace/population';
import type { StepControl } from '../pipeline-event.js';
import type { StopRule } from './stop-rule.js';

/** Trains a population, and no further network once the study's rule is met. */
export function trainFollowed(
  population: PopulationRun,
  rule: StopRule,
  onEvent: NonNullable<StepControl['onEvent']>,
): Promise<TrainingCounts> {
  return trainPopulation({
    ...population,
    isEnough: () => rule.isMet,
    onEvent: (event) => {
      if (event.kind === 'trained' || event.kind === 'failed') rule.add(event.record);
      onEvent(event);
    },
  });
}

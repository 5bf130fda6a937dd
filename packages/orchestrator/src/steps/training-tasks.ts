import type { Population, TrainingTask } from '@netspace/contracts';
import { seedOf } from '@netspace/evaluators';
import type { Arm, Study } from '@netspace/study';
import { askedTrainings } from './asked-trainings.js';
import type { ArmConditions } from './prepare-training.js';
import type { Populations } from './read-populations.js';

type AskedStudy = Pick<Study, 'seed' | 'replicates' | 'replicated'>;

/** All trainings of a study by arm; a network that several arms ask for under the same conditions is the same task. */
export function trainingTasks(
  study: AskedStudy,
  populations: Populations,
  conditions: readonly ArmConditions[],
): TrainingTask[] {
  return conditions.flatMap(({ arm, hash }, index) => armTasks(study, arm, populations[index]!, hash));
}

/**
 * All trainings of an arm.
 *
 * @param conditions - Their hash.
 */
export function armTasks(
  study: AskedStudy,
  arm: Pick<Arm, 'name'>,
  population: Pick<Population, 'networks'>,
  conditions: string,
): TrainingTask[] {
  return askedTrainings(study, population).map(({ network, replicate }) => ({
    arm: arm.name,
    network,
    replicate,
    seed: seedOf(study.seed, network.id, replicate),
    conditions,
  }));
}

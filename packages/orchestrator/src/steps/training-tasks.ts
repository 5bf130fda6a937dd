import type { TrainingTask } from '@netspace/contracts';
import { seedOf } from '@netspace/evaluators';
import { replicatesOf, type Study } from '@netspace/study';
import type { ArmConditions } from './prepare-training.js';
import type { Populations } from './sample-populations.js';

/** All trainings of a study by arm; a network that several arms ask for under the same conditions is the same task. */
export function trainingTasks(
  study: Pick<Study, 'seed' | 'replicates'>,
  populations: Populations,
  conditions: readonly ArmConditions[],
): TrainingTask[] {
  return conditions.flatMap(({ arm, hash }, index) =>
    populations[index]!.networks.flatMap((network) =>
      Array.from({ length: replicatesOf(study, network.index) }, (_, replicate) => ({
        arm: arm.name,
        network,
        replicate,
        seed: seedOf(study.seed, network.id, replicate),
        conditions: hash,
      })),
    ),
  );
}

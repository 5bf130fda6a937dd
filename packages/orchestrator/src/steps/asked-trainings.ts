import type { Population, TrainingTask } from '@netspace/contracts';
import { replicatesOf, type Study } from '@netspace/study/record';

/** What is trained of a population, network by network. */
export function askedTrainings(
  study: Pick<Study, 'replicates' | 'replicated'>,
  { networks }: Pick<Population, 'networks'>,
): Pick<TrainingTask, 'network' | 'replicate'>[] {
  return networks.flatMap((network) =>
    Array.from({ length: replicatesOf(study, network.index) }, (_, replicate) => ({ network, replicate })),
  );
}

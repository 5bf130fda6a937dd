import { InvalidInputError, type SampledNetwork, type TrainingRecord } from '@netspace/contracts';
import type { ArmResults } from './study-results.js';

/** A network and what became of each of its trainings, by replicate; null where one is missing. */
export interface NetworkTrainings {
  readonly network: SampledNetwork;
  readonly trainings: readonly (TrainingRecord | null)[];
}

/**
 * The networks of an arm in the order of their indexes, each with its records.
 *
 * @throws InvalidInputError where a training has two records.
 */
export function joinRecords({
  name,
  population,
  records,
  replicates,
  replicated = Infinity,
}: ArmResults): NetworkTrainings[] {
  const noneOf = (index: number): (TrainingRecord | null)[] =>
    new Array<null>(index < replicated ? replicates : 1).fill(null);
  const trainingsById = new Map(population.networks.map(({ id, index }) => [id, noneOf(index)]));
  for (const record of records) {
    const trainings = trainingsById.get(record.network.id);
    if (trainings === undefined || record.replicate >= trainings.length) continue;
    if (trainings[record.replicate] !== null) refuseSecond(name, record);
    trainings[record.replicate] = record;
  }
  return [...population.networks]
    .sort((a, b) => a.index - b.index)
    .map((network) => ({ network, trainings: trainingsById.get(network.id)! }));
}

function refuseSecond(arm: string, { network, replicate }: TrainingRecord): never {
  throw new InvalidInputError({
    key: 'records',
    problem: `two are of replicate ${replicate} of network ${network.id} in ${arm}`,
    expected: 'one a training',
  });
}

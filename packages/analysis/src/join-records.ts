import { InvalidInputError, type ResultNetwork, type TrainingResult } from '@netspace/contracts';
import type { ArmResults } from './study-results.js';

/** A network and what became of each of its trainings, by replicate; null where one is missing. */
export interface NetworkTrainings {
  readonly network: ResultNetwork;
  readonly trainings: readonly (TrainingResult | null)[];
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
  const asked = replicates === 'as recorded' ? recordedTrainings(records) : () => replicates;
  const noneOf = ({ id, index }: ResultNetwork): (TrainingResult | null)[] =>
    new Array<null>(index < replicated ? asked(id) : 1).fill(null);
  const trainingsById = new Map(population.networks.map((network) => [network.id, noneOf(network)]));
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

/** How many trainings there are of a network. */
function recordedTrainings(records: readonly TrainingResult[]): (id: string) => number {
  const counts = new Map<string, number>();
  for (const { network, replicate } of records) {
    counts.set(network.id, Math.max(counts.get(network.id) ?? 0, replicate + 1));
  }
  return (id) => counts.get(id) ?? 0;
}

function refuseSecond(arm: string, { network, replicate }: TrainingResult): never {
  throw new InvalidInputError({
    key: 'records',
    problem: `two are of replicate ${replicate} of network ${network.id} in ${arm}`,
    expected: 'one a training',
  });
}

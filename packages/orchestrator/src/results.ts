import type { Population, TrainingRecord } from '@netspace/contracts';
import { readRecords } from '@netspace/population';
import { InvalidInputError } from '@netspace/contracts';
import { readPopulations } from './steps/sample-step.js';
import type { RunFolder } from './run-folder.js';
import type { Study } from './study.js';

/** A population and what became of its networks. */
export interface SpaceResults {
  readonly population: Population;
  /** In the order of the population; networks that are not trained yet are left out. */
  readonly records: readonly TrainingRecord[];
}

/**
 * The populations of a run with their records.
 *
 * @throws InvalidInputError where a space has no trained network.
 */
export function readResults(study: Study, folder: RunFolder, recipeHash: string): SpaceResults[] {
  const records = new Map(
    readRecords(folder.records)
      .filter((record) => record.recipeHash === recipeHash)
      .map((record) => [`${record.space} ${record.network.id}`, record]),
  );
  return readPopulations(study, folder).map((population) => {
    const own = population.networks.flatMap(({ id }) => records.get(`${population.space} ${id}`) ?? []);
    if (own.some(({ status }) => status !== 'failed')) return { population, records: own };
    const problem = `no network of ${population.space} is trained`;
    throw new InvalidInputError({ file: folder.records, problem, expected: 'what `netspace study train` writes' });
  });
}

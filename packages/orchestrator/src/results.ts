import type { Population, TrainingRecord } from '@netspace/contracts';
import { readRecords } from '@netspace/population';
import { InvalidInputError } from '@netspace/contracts';
import { readPopulations } from './steps/sample-step.js';
import type { RunFolder } from './run-folder.js';
import type { Study } from './study.js';
import { changesSince, conditionsOf, recipeHash } from './training-conditions.js';

/** A population and what became of its networks. */
export interface SpaceResults {
  readonly population: Population;
  /** In the order of the population; networks that are not trained yet are left out. */
  readonly records: readonly TrainingRecord[];
}

/**
 * The populations of a run with their records by an engine.
 *
 * @throws InvalidInputError where a space has no trained network, or none as the study is now.
 */
export function readResults(study: Study, folder: RunFolder, engine: string): SpaceResults[] {
  const conditions = conditionsOf(study, engine);
  const hash = recipeHash(conditions);
  const all = readRecords(folder.records);
  const records = new Map(
    all
      .filter((record) => record.recipeHash === hash)
      .map((record) => [`${record.space} ${record.network.id}`, record]),
  );
  return readPopulations(study, folder).map((population) => {
    const own = population.networks.flatMap(({ id }) => records.get(`${population.space} ${id}`) ?? []);
    if (own.some(({ status }) => status !== 'failed')) return { population, records: own };
    const former = all.findLast(({ space, recipeHash }) => space === population.space && recipeHash !== hash);
    const change = former && ` as the study is now${changesSince(folder, former.recipeHash, conditions)}`;
    const problem = `no network of ${population.space} is trained${change ?? ''}`;
    throw new InvalidInputError({ file: folder.records, problem, expected: 'what `netspace study train` writes' });
  });
}

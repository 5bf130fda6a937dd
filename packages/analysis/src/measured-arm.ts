import { type ArmAnalysis, InvalidInputError, type NetworkResult } from '@netspace/contracts';
import { chosenByOf } from './chosen-by.js';
import { expectedErrors } from './expected-errors.js';
import { joinRecords, type NetworkTrainings } from './join-records.js';
import { networkResults } from './network-results.js';
import type { ArmResults, StudyResults } from './study-results.js';

/** An arm with what became of its networks. */
export interface MeasuredArm {
  readonly arm: ArmResults;
  /** In the order of their indexes. */
  readonly networks: readonly NetworkTrainings[];
  /** Of those that have one, in the same order. */
  readonly results: readonly NetworkResult[];
  readonly chosenBy: ArmAnalysis['chosenBy'];
}

/**
 * The arms of a study with what became of their networks.
 *
 * @throws InvalidInputError where there is no arm, two share a name, a training has two records, or a network with a result
 * has no fit.
 * @example
 * import { measureArms } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * const [arm] = measureArms(madeStudy([madeArm('A', [{ error: [12, 14] }])]));
 * arm?.results.map(({ error }) => error); // => [13]
 */
export function measureArms({ arms, fits }: Pick<StudyResults, 'arms' | 'fits'>): MeasuredArm[] {
  checkNames(arms.map(({ name }) => name));
  return arms.map((arm) => measuredArm(arm, { fits }));
}

function checkNames(names: readonly string[]): void {
  if (names.length === 0) throw new InvalidInputError({ key: 'arms', problem: 'got none', expected: 'at least one' });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new InvalidInputError({ key: 'arms', problem: `"${twice}" is there twice`, expected: 'distinct names' });
}

/** @throws InvalidInputError where a training has two records, or a network with a result has no fit. */
export function measuredArm(arm: ArmResults, { fits }: Pick<StudyResults, 'fits'>): MeasuredArm {
  const networks = joinRecords(arm);
  const measured = networkResults(networks, { fits, chanceLoss: arm.chanceLoss });
  const shrunk = expectedErrors(measured);
  const results = measured.map((result, index) => ({ ...result, expectedError: shrunk[index]! }));
  return { arm, networks, results, chosenBy: chosenByOf(results) };
}

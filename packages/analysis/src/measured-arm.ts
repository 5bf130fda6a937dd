import type { ArmAnalysis, NetworkResult } from '@netspace/contracts';
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

/** @throws InvalidInputError where a training has two records, or a network with a result has no fit. */
export function measuredArm(arm: ArmResults, { fits }: Pick<StudyResults, 'fits'>): MeasuredArm {
  const networks = joinRecords(arm);
  const measured = networkResults(networks, { fits, chanceLoss: arm.chanceLoss });
  const shrunk = expectedErrors(measured);
  const results = measured.map((result, index) => ({ ...result, expectedError: shrunk[index]! }));
  return { arm, networks, results, chosenBy: chosenByOf(results) };
}

import type { EdfStep, ResultNetwork } from '@netspace/contracts';
import { errorEdf, errorsOf } from '@netspace/statistics';
import { joinRecords } from './join-records.js';
import type { ArmResults } from './study-results.js';

/** A network of an arm that is compared. */
export interface ComparedNetwork {
  readonly network: ResultNetwork;
  /** The mean over its trainings, per cent. */
  readonly error: number;
}

/** What of an arm is compared with others. */
export interface ComparedArm {
  readonly name: string;
  readonly setting: string;
  readonly space: string;
  readonly seed: number;
  /** The errors of the networks that have one, in the order of their indexes. */
  readonly errors: readonly number[];
  /** These networks, the lowest error first. */
  readonly networks: readonly ComparedNetwork[];
  readonly edf: readonly EdfStep[];
}

/** @throws InvalidInputError where a training has two records. */
export function comparedArm(arm: ArmResults): ComparedArm {
  const { name, setting, population } = arm;
  const networks = joinRecords(arm).flatMap(({ network, trainings }) => {
    const errors = errorsOf(trainings.filter((record) => record !== null));
    return errors.length === 0
      ? []
      : [{ network, error: errors.reduce((sum, error) => sum + error, 0) / errors.length }];
  });
  const errors = networks.map(({ error }) => error);
  return {
    ...{ name, setting, space: population.space, seed: population.seed, errors },
    networks: networks.toSorted((a, b) => a.error - b.error),
    edf: errors.length === 0 ? [] : errorEdf(errors),
  };
}

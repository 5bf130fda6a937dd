import {
  type ArmCounts,
  type Failure,
  InvalidInputError,
  type NetworkResult,
  type QuantizedLinearFit,
  type ResultNetwork,
  type TrainingResult,
} from '@netspace/contracts';
import { blockWidths } from '@netspace/quantized-linear';
import type { NetworkTrainings } from './join-records.js';
import type { ArmResults, StudyResults } from './study-results.js';
import { isUntrained } from './untrained.js';

type TrainedResult = Exclude<TrainingResult, { readonly status: 'failed' }>;

/**
 * The networks with a result, in the order they are given.
 *
 * @throws InvalidInputError where one of them has no fit.
 */
export function networkResults(
  networks: readonly NetworkTrainings[],
  { fits, chanceLoss }: Pick<StudyResults, 'fits'> & Pick<ArmResults, 'chanceLoss'>,
): Omit<NetworkResult, 'expectedError'>[] {
  return networks.filter(hasResult).map(({ network, trainings }) => {
    const records = trainings.filter((record) => record !== null);
    const trained = records.filter((record) => record.status !== 'failed');
    const errors = trainings.map(errorOf);
    const fit = fitOf(network, fits);
    return {
      network,
      error: mean(errors.filter((error) => error !== null)),
      validationError: meanValidationError(trained),
      errors,
      diverged: trained.some(({ status }) => status === 'diverged'),
      untrained: trained.some((record) => isUntrained(record, chanceLoss)),
      seconds: totalSeconds(records),
      fit,
      fittedWidths: fit === null ? [] : blockWidths(fit),
    };
  });
}

function errorOf(record: TrainingResult | null): number | null {
  return record === null || record.status === 'failed' ? null : record.error;
}

/** The trainings that could not run, in the order of the networks. */
export function failuresOf(networks: readonly NetworkTrainings[]): Failure[] {
  return networks.flatMap(({ network, trainings }) =>
    trainings.flatMap((record, replicate) =>
      record?.status === 'failed' ? [{ networkId: network.id, replicate, message: record.message }] : [],
    ),
  );
}

/** How much of an arm there is. */
export function countsOf(networks: readonly NetworkTrainings[], chanceLoss: number | null): ArmCounts {
  const trainings = networks.flatMap((one) => one.trainings);
  const isFailed = (record: (typeof trainings)[number]): boolean => record?.status === 'failed';
  const trained = networks.filter(hasResult);
  const isDiverged = (one: NetworkTrainings): boolean => one.trainings.some((record) => record?.status === 'diverged');
  const diverged = trained.filter(isDiverged).length;
  const untrained = trained.filter(
    (one) => !isDiverged(one) && one.trainings.some((record) => record !== null && isUntrained(record, chanceLoss)),
  ).length;
  const failed = networks.filter((one) => !hasResult(one) && one.trainings.some(isFailed)).length;
  return {
    networks: networks.length,
    trained: trained.length,
    completed: trained.length - diverged,
    untrained: chanceLoss === null ? null : untrained,
    diverged,
    failed,
    missing: networks.length - trained.length - failed,
    trainings: {
      done: trainings.filter((record) => record !== null && !isFailed(record)).length,
      failed: trainings.filter(isFailed).length,
      asked: trainings.length,
    },
  };
}

function hasResult({ trainings }: NetworkTrainings): boolean {
  return trainings.some((record) => record !== null && record.status !== 'failed');
}

/** Null where a network's widths are not known. */
function fitOf({ id, config }: ResultNetwork, fits: StudyResults['fits']): QuantizedLinearFit | null {
  if (config === null) return null;
  const fit = fits[id];
  if (fit !== undefined) return fit;
  const expected = 'the quantised-linear rule of every network that has a result';
  throw new InvalidInputError({ key: `fits.${id}`, problem: 'is not there', expected });
}

function meanValidationError(records: readonly TrainedResult[]): number | null {
  const errors = records.map(({ validationError }) => validationError);
  return errors.every((error) => error !== null) ? mean(errors) : null;
}

function totalSeconds(records: readonly TrainingResult[]): number | null {
  const all = records.map(({ seconds }) => seconds);
  return all.every((seconds) => seconds !== null) ? all.reduce((total, seconds) => total + seconds, 0) : null;
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

import type { SampledNetwork } from './population.js';
import type { EpochRecord } from './training.js';

/** One training that a run asks for. */
export interface TrainingTask {
  /** The population that asked for it first: its name is for people and does not decide the result. */
  readonly arm: string;
  readonly network: SampledNetwork;
  /** Which of the network's trainings, from 0. */
  readonly replicate: number;
  /** Of everything random in it: follows from the study's seed, the network's id and the replicate. */
  readonly seed: number;
  /** Hash of the {@link Conditions}. */
  readonly conditions: string;
}

/** Where, when and with what a record came about: it does not decide the result. */
export interface Provenance {
  /** Version of netspace. */
  readonly netspace: string;
  /** Version of Node.js. */
  readonly node: string;
  /** What evaluated, for people. */
  readonly evaluator: string;
  /** What decides the last bits, where known: `avx512_512`. */
  readonly instructionSet: string | null;
  readonly host: string;
  /** When the training ended, ISO 8601 in UTC. */
  readonly date: string;
  /** Which try it was, from 1. */
  readonly attempt: number;
  /** The process that wrote it: `local`. */
  readonly writer: string;
}

interface RecordBase extends TrainingTask {
  /** Wall-clock seconds in all. */
  readonly seconds: number;
  readonly provenance: Provenance;
}

interface TrainedRecord extends RecordBase {
  readonly top5Error: number | null;
  readonly validationError: number | null;
  readonly epochs: readonly EpochRecord[];
  /** Training images a second of training time; null where it was not measured. */
  readonly imagesPerSecond: number | null;
}

/** A training that went to its end. */
export interface CompletedRecord extends TrainedRecord {
  readonly status: 'completed';
  /** Top-1 test error, per cent. */
  readonly error: number;
}

/** A training whose loss was not finite; its error counts as 100 %. */
export interface DivergedRecord extends TrainedRecord {
  readonly status: 'diverged';
  readonly error: 100;
}

/** A training that could not run. */
export interface FailedRecord extends RecordBase {
  readonly status: 'failed';
  /** Why. */
  readonly message: string;
}

/** The result of one training. Its identity is (network.id, conditions, replicate). */
export type TrainingRecord = CompletedRecord | DivergedRecord | FailedRecord;

/** What is analysed of an epoch. */
export type EpochResult = Pick<EpochRecord, 'trainLoss' | 'testError' | 'validationError'>;

interface ResultBase {
  readonly network: Pick<SampledNetwork, 'id'>;
  /** Which of the network's trainings, from 0. */
  readonly replicate: number;
  /** Wall-clock seconds in all; null where they are not known. */
  readonly seconds: number | null;
}

/** What is analysed of the result of a training, here or elsewhere: every {@link TrainingRecord} is one. */
export type TrainingResult =
  | (ResultBase & {
      readonly status: 'completed';
      /** Top-1 test error, per cent. */
      readonly error: number;
      readonly validationError: number | null;
      /** Where they are known, all of them. */
      readonly epochs: readonly EpochResult[];
    })
  | (ResultBase & { readonly status: 'diverged'; readonly error: 100; readonly validationError: number | null })
  | (ResultBase & { readonly status: 'failed'; readonly message: string });

/** How a training ended. */
export type TrainingStatus = TrainingRecord['status'];

import type { TrainingRecord } from './training-record.js';

/**
 * The results of a run. The newest record of an identity (network.id, conditions, replicate) counts.
 *
 * Implementations pass the conformance suite of `@netspace/run-store/conformance`.
 */
export interface RecordStore {
  /** For messages: the file or folder, an address. */
  readonly location: string;
  /** The newest record of each identity, in the order of their first appearance. */
  records(): Promise<readonly TrainingRecord[]>;
  /**
   * Adds a record: it is durable when this resolves. Calls may overlap, since trainings end at any time.
   *
   * @throws InvalidInputError where it cannot be written, as on a full disk; what was there before is unharmed.
   */
  append(record: TrainingRecord): Promise<void>;
  /** Lets others write. Nothing is called after. */
  close(): Promise<void>;
}

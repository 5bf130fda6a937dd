import { trainingIdentity, type TrainingRecord } from '@netspace/contracts';
import type { HashedRecord } from './record-line.js';

/** What is kept of a record. */
interface Indexed<Taken> {
  readonly taken: Taken;
  readonly hash: string;
  readonly isTrained: boolean;
  readonly date: string;
}

/** Which records count: the newest of each identity, but a result before a failure. */
export class RecordIndex<Taken = TrainingRecord> {
  readonly #counted = new Map<string, Indexed<Taken>>();

  /** @param take - What is kept of each record besides what decides which counts. */
  constructor(private readonly take: (record: TrainingRecord) => Taken) {}

  /** In the order in which their identities first appeared. */
  values(): Pick<Indexed<Taken>, 'taken' | 'hash'>[] {
    return [...this.#counted.values()];
  }

  /** Adds a record that is newer than those before it. */
  add({ record, hash }: HashedRecord): void {
    const identity = trainingIdentity(record);
    const added = { taken: this.take(record), hash, isTrained: isTrained(record), date: record.provenance.date };
    if (this.#counted.get(identity)?.isTrained === true && !added.isTrained) return;
    this.#counted.set(identity, added);
  }

  /**
   * Adds the records of another writer. Of two results that counts which was there first, by its date, whichever file is read
   * first: one that comes late, of a writer that was taken for gone, changes nothing. Of two failures the later one counts.
   */
  merge(others: RecordIndex<Taken>): void {
    for (const [identity, added] of others.#counted) {
      const former = this.#counted.get(identity);
      if (former === undefined || countsBefore(added, former)) this.#counted.set(identity, added);
    }
  }
}

/** Whether a record of one writer counts before that of another. */
function countsBefore(one: Indexed<unknown>, other: Indexed<unknown>): boolean {
  if (one.isTrained !== other.isTrained) return one.isTrained;
  return one.isTrained ? one.date < other.date : one.date > other.date;
}

/** Whether a record is a result. */
export function isTrained({ status }: TrainingRecord): boolean {
  return status !== 'failed';
}

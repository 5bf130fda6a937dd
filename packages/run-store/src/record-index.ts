import { trainingIdentity, type TrainingRecord } from '@netspace/contracts';
import type { HashedRecord } from './record-line.js';

/** Which records count: the newest of each identity, but a result before a failure. */
export class RecordIndex {
  readonly #counted = new Map<string, HashedRecord>();

  /** In the order in which their identities first appeared. */
  values(): HashedRecord[] {
    return [...this.#counted.values()];
  }

  /** Adds a record that is newer than those before it. */
  add(added: HashedRecord): void {
    const identity = trainingIdentity(added.record);
    const former = this.#counted.get(identity)?.record;
    if (isTrained(former) && !isTrained(added.record)) return;
    this.#counted.set(identity, added);
  }

  /**
   * Adds the records of another writer. Of two results that counts which was there first, by its date, whichever file is read
   * first: one that comes late, of a writer that was taken for gone, changes nothing. Of two failures the later one counts.
   */
  merge(others: RecordIndex): void {
    for (const [identity, added] of others.#counted) {
      const former = this.#counted.get(identity)?.record;
      if (former === undefined || countsBefore(added.record, former)) this.#counted.set(identity, added);
    }
  }
}

/** Whether a record of one writer counts before that of another. */
function countsBefore(one: TrainingRecord, other: TrainingRecord): boolean {
  if (isTrained(one) !== isTrained(other)) return isTrained(one);
  const { date } = one.provenance;
  const { date: otherDate } = other.provenance;
  return isTrained(one) ? date < otherDate : date > otherDate;
}

/** Whether a record is a result. */
export function isTrained(record: TrainingRecord | undefined): boolean {
  return record !== undefined && record.status !== 'failed';
}

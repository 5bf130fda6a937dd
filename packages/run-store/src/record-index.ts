import type { TrainingRecord } from '@netspace/contracts';
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
    const identity = identityOf(added.record);
    const former = this.#counted.get(identity)?.record;
    if (isTrained(former) && !isTrained(added.record)) return;
    this.#counted.set(identity, added);
  }

  /** Adds the records of another writer: of two of the same rank the one with the later date counts. */
  merge(others: RecordIndex): void {
    for (const added of others.values()) {
      const former = this.#counted.get(identityOf(added.record))?.record;
      const isOlder = former !== undefined && added.record.provenance.date < former.provenance.date;
      if (isOlder && isTrained(former) === isTrained(added.record)) continue;
      this.add(added);
    }
  }
}

function identityOf({ network, conditions, replicate }: TrainingRecord): string {
  return JSON.stringify([network.id, conditions, replicate]);
}

function isTrained(record: TrainingRecord | undefined): boolean {
  return record !== undefined && record.status !== 'failed';
}

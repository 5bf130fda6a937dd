import assert from 'node:assert/strict';
import type { RecordStore, TrainingRecord } from '@netspace/contracts';
import { completed, diverged, failed } from './sample-records.js';

/** Opens the same store each time, empty at first; it is closed before it is opened again. */
export type OpenStore = () => Promise<RecordStore>;

/** One thing that every store of records must do. */
export interface RecordStoreTest {
  /** A sentence. */
  readonly title: string;
  /**
   * @param open - Of a store of its own.
   * @throws AssertionError where the store does otherwise.
   */
  run(open: OpenStore): Promise<void>;
}

const behaviours: Readonly<Record<string, RecordStoreTest['run']>> = {
  async 'a new store has a location and no records'(open) {
    const store = await open();
    assert.notEqual(store.location, '');
    assert.deepEqual(await store.records(), []);
    await store.close();
  },

  async 'append(record) keeps every detail, at once and after opening again'(open) {
    const records = [completed('a'), diverged('b'), failed('c')];
    await keeps(open, records, records);
  },

  async 'another network, other conditions and another replicate are other records; all else of a record is not'(open) {
    const first = completed('a');
    const others = [completed('b'), { ...first, conditions: 'other' }, { ...first, replicate: 1 }];
    const again = { ...first, arm: 'other', seed: 7, network: { ...first.network, index: 9 }, error: 50 };
    await keeps(open, [first, ...others, again], [again, ...others]);
  },

  async 'the newest record of an identity counts, in the place of the first, whatever its date'(open) {
    const newer = {
      ...completed('a'),
      error: 3,
      provenance: { ...completed('a').provenance, date: '2020-01-01T00:00:00.000Z' },
    };
    await keeps(open, [completed('a'), completed('b'), newer], [newer, completed('b')]);
    await keeps(
      open,
      [failed('c'), { ...failed('c'), message: 'again' }],
      [newer, completed('b'), { ...failed('c'), message: 'again' }],
    );
  },

  async 'a result replaces a failure, and a failure no result'(open) {
    await keeps(open, [failed('a'), completed('a'), failed('a')], [completed('a')]);
    await keeps(open, [failed('b'), diverged('b'), failed('b')], [completed('a'), diverged('b')]);
  },

  async 'records that are appended at once are all kept, in order'(open) {
    const records = Array.from({ length: 50 }, (_, index) => completed(`n${index}`));
    const store = await open();
    await Promise.all(records.map((record) => store.append(record)));
    assert.deepEqual(await store.records(), records);
    await store.close();
    await keeps(open, [], records);
  },

  async 'records() is not changed by what is appended later'(open) {
    const store = await open();
    await store.append(completed('a'));
    const before = await store.records();
    await store.append(completed('b'));
    assert.deepEqual(before, [completed('a')]);
    await store.close();
  },

  async 'close() waits for what is being appended'(open) {
    const store = await open();
    const appended = store.append(completed('a'));
    await store.close();
    await appended;
    await keeps(open, [], [completed('a')]);
  },
};

/**
 * What every store of records must do, for any test framework.
 *
 * @example
 * import { recordStoreConformance } from '@netspace/run-store/conformance';
 * recordStoreConformance.every(({ title }) => title.length > 0); // => true
 */
export const recordStoreConformance: readonly RecordStoreTest[] = Object.entries(behaviours).map(([title, run]) => ({
  title,
  run,
}));

/** Appends and checks what the store then holds, before and after it is opened again. */
async function keeps(
  open: OpenStore,
  appended: readonly TrainingRecord[],
  expected: readonly TrainingRecord[],
): Promise<void> {
  const store = await open();
  for (const record of appended) await store.append(record);
  assert.deepEqual(await store.records(), expected);
  await store.close();
  const again = await open();
  assert.deepEqual(await again.records(), expected);
  await again.close();
}

import assert from 'node:assert/strict';
import type { RecordStore, TrainingRecord } from '@netspace/contracts';
import { completed, diverged, failed } from './sample-records.js';

/** Opens the same store each time, empty at first; it is closed before it is opened again. */
export type OpenStore = () => Promise<RecordStore>;

/** One promise of every {@link RecordStore}. */
export interface RecordStoreCase {
  /** A sentence. */
  readonly title: string;
  /**
   * Checks it.
   *
   * @param open - Opens a store of this case's own.
   * @throws Error where the promise is broken.
   */
  readonly check: (open: OpenStore) => Promise<void>;
}

const promises: Readonly<Record<string, RecordStoreCase['check']>> = {
  async 'a new store has a location and no records'(open) {
    const store = await open();
    assert.notEqual(store.location, '');
    expectEqual(await store.records(), []);
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
    const records = Array.from({ length: 20 }, (_, index) => completed(`n${index}`));
    const store = await open();
    await Promise.all(records.map((record) => store.append(record)));
    expectEqual(await store.records(), records);
    await store.close();
    await keeps(open, [], records);
  },

  async 'records() is not changed by what is appended later'(open) {
    const store = await open();
    await store.append(completed('a'));
    const before = await store.records();
    await store.append(completed('b'));
    expectEqual(before, [completed('a')]);
    await store.close();
  },

  async 'close() waits for what is being appended'(open) {
    const store = await open();
    const appended = store.append(completed('a'));
    await store.close();
    await keeps(open, [], [completed('a')]);
    await appended;
  },
};

/**
 * What every {@link RecordStore} promises, to be run in the tests of an implementation, whatever their framework.
 *
 * @example
 * import { recordStoreConformance } from '@netspace/run-store/conformance';
 * // test.each(recordStoreConformance)('$title', ({ check }) => check(open));
 * recordStoreConformance[0]?.title; // => 'a new store has a location and no records'
 */
export const recordStoreConformance: readonly RecordStoreCase[] = Object.entries(promises).map(([title, check]) => ({
  title,
  check,
}));

/** Appends and checks what the store then holds, before and after it is opened again. */
async function keeps(
  open: OpenStore,
  appended: readonly TrainingRecord[],
  expected: readonly TrainingRecord[],
): Promise<void> {
  const store = await open();
  for (const record of appended) await store.append(record);
  expectEqual(await store.records(), expected);
  await store.close();
  const again = await open();
  expectEqual(await again.records(), expected);
  await again.close();
}

/** Compares as JSON: a store may make its objects where test frameworks know other prototypes. */
function expectEqual(actual: readonly TrainingRecord[], expected: readonly TrainingRecord[]): void {
  const plain = (records: readonly TrainingRecord[]): unknown => JSON.parse(JSON.stringify(records));
  assert.deepEqual(plain(actual), plain(expected));
}

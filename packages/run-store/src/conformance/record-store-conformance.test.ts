import { join } from 'node:path';
import type { RecordStore, TrainingRecord } from '@netspace/contracts';
import { describe, expect, test } from '@jest/globals';
import { type Memory, openMemoryStore } from '../fixtures/memory-store.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';
import { openRecords, openRunFolder } from '../index.js';
import { recordStoreConformance } from './record-store-conformance.js';

const folder = temporaryFolder();

describe.each(recordStoreConformance)('$title', ({ check }) => {
  test('openRecords(folder, writer)', async () => {
    const run = await openRunFolder(join(folder(), 'run'));
    await check(() => openRecords(run, 'local'));
  });

  test('a store in memory', async () => {
    const memory: Memory = [];
    await check(() => openMemoryStore(memory));
  });
});

/** Stores that do one thing wrong. */
const broken: Record<string, (memory: Memory) => Promise<RecordStore>> = {
  'keeps nothing': () => openMemoryStore([]),
  'has no location': async (memory) => ({ ...(await openMemoryStore(memory)), location: '' }),
  'loses a number': (memory) => changing(memory, (record) => ({ ...record, seconds: Math.round(record.seconds) })),
  'loses letters': (memory) =>
    changing(memory, (record) =>
      record.status === 'failed' ? { ...record, message: record.message.replace(/[^ -~]/g, '?') } : record,
    ),
  'takes the replicates of a network for one': (memory) => changing(memory, (record) => ({ ...record, replicate: 0 })),
  'takes arms for part of the identity': (memory) =>
    changing(memory, ({ conditions, ...record }) => ({ ...record, conditions: `${conditions} ${record.arm}` })),
  'keeps all records': async (memory) => ({
    ...(await openMemoryStore(memory)),
    records: () => Promise.resolve([...memory]),
  }),
  'prefers the newest date': async (memory) => ({
    ...(await openMemoryStore(memory)),
    records: async () => {
      const byDate = memory.toSorted((a, b) => (a.provenance.date < b.provenance.date ? -1 : 1));
      return (await openMemoryStore(byDate)).records();
    },
  }),
  'lets a failure replace a result': async (memory) => ({
    ...(await openMemoryStore(memory)),
    records: () => Promise.resolve([...new Map(memory.map((record) => [record.network.id, record])).values()]),
  }),
  'gives away its own list': (memory) => {
    const list: TrainingRecord[] = [];
    return Promise.resolve({
      location: 'memory',
      records: async () => {
        list.splice(0, list.length, ...(await (await openMemoryStore(memory)).records()));
        return list;
      },
      append: (record: TrainingRecord) => (memory.push(record), list.push(record), Promise.resolve()),
      close: () => Promise.resolve(),
    });
  },
  'writes records in another order': async (memory) => {
    const store = await openMemoryStore(memory);
    return {
      ...store,
      append: async (record) => {
        await new Promise((done) => setTimeout(done, JSON.stringify(record).includes('"n0"') ? 5 : 0));
        await store.append(record);
      },
    };
  },
  'closes before all is written': async (memory) => {
    const store = await openMemoryStore(memory);
    return {
      ...store,
      append: (record) => new Promise((done) => setTimeout(done, 5)).then(() => store.append(record)),
    };
  },
};

async function changing(memory: Memory, change: (record: TrainingRecord) => TrainingRecord): Promise<RecordStore> {
  const store = await openMemoryStore(memory);
  return { ...store, append: (record) => store.append(change(record)) };
}

describe('recordStoreConformance', () => {
  test.each(Object.keys(broken))('tells a store that %s', async (name) => {
    expect(await failingTests(broken[name]!)).not.toEqual([]);
  });

  test('has no test that every broken store passes', async () => {
    const failing = await Promise.all(Object.values(broken).map(failingTests));
    expect(new Set(failing.flat())).toEqual(new Set(recordStoreConformance.map(({ title }) => title)));
  });
});

async function failingTests(open: (memory: Memory) => Promise<RecordStore>): Promise<string[]> {
  const titles = recordStoreConformance.map(({ title, check }) => {
    const memory: Memory = [];
    return check(() => open(memory)).then(
      () => [],
      () => [title],
    );
  });
  return (await Promise.all(titles)).flat();
}

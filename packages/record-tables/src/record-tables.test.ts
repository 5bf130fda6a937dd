import { describe, expect, test } from '@jest/globals';
import type { TrainingRecord } from '@netspace/contracts';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { csvOf, parquetOf, recordTable } from './index.js';

const stage = { depth: 1, width: 16, stride: 2, bottleneckRatio: 1, groupWidth: 8 };

function madeRecord(changes: Partial<TrainingRecord> = {}): TrainingRecord {
  return {
    arm: 'AnyNetX-A',
    network: {
      id: 'd683d12dbd7e',
      index: 3,
      config: {
        ...{
          stem: { type: 'res_stem_cifar', width: 8 },
          block: 'x',
          stages: [stage, { ...stage, depth: 2, width: 24 }],
        },
        ...{ squeezeExcitationRatio: 0, headWidth: 0, classes: 10, imageSize: 32, imageChannels: 3 },
      },
      complexity: { flops: 4e9, params: 25302, acts: 49146 },
      parameters: { 'd[1]': 1, w_m: 2.5 },
    },
    ...{ replicate: 0, seed: 7, conditions: 'c', seconds: 1.5, status: 'completed', error: 12.5, top5Error: null },
    ...{ validationError: 13.25, imagesPerSecond: 1000 },
    epochs: [{ epoch: 1, testError: 12.5, trainLoss: 0.5, seconds: 1 }],
    provenance: {
      ...{ netspace: '1', node: '20', evaluator: 'native, "C++"', instructionSet: null, host: 'here' },
      ...{ date: '2026-01-01T00:00:00.000Z', attempt: 1, writer: 'local' },
    },
    ...changes,
  } as TrainingRecord;
}

const { network, arm, replicate, seed, conditions, seconds, provenance } = madeRecord();
const failed: TrainingRecord = {
  ...{ arm, replicate, seed, conditions, seconds, provenance, status: 'failed', message: 'no\n"memory", here' },
  network: { ...network, parameters: { 'w[1]': 16 } },
};

/** Reads a CSV as another program would. */
const readCsv = (text: string): Record<string, string>[] => parse(text, { columns: true });

describe('a table of records', () => {
  const table = recordTable([madeRecord(), failed]);

  test('has a row a training, and a column a parameter of any of them', () => {
    const rows = readCsv(csvOf(table));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      ...{ arm: 'AnyNetX-A', network: 'd683d12dbd7e', index: '3', replicate: '1', status: 'completed', error: '12.5' },
      ...{ top5_error: '', validation_error: '13.25', train_loss: '0.5', epochs: '1', flops: '4000000000' },
      ...{ depths: '1 2', widths: '16 24', 'parameter:d[1]': '1', 'parameter:w_m': '2.5', 'parameter:w[1]': '' },
      ...{ evaluator: 'native, "C++"', instruction_set: '', message: '' },
    });
    expect(rows[1]).toMatchObject({
      ...{ status: 'failed', error: '', train_loss: '', images_per_second: '', seconds: '1.5' },
      ...{ 'parameter:w[1]': '16', 'parameter:d[1]': '', message: 'no\n"memory", here' },
    });
  });

  test('says the same as Parquet', async () => {
    const bytes = parquetOf(table);
    const rows = await parquetReadObjects({ file: bytes.buffer as ArrayBuffer });
    const asText = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)])),
    );
    expect(asText).toEqual(readCsv(csvOf(table)));
  });

  test('of no records is the names alone', async () => {
    expect(csvOf(recordTable([]))).toMatch(/^arm,network,[a-z0-9_,]+,writer\n$/);
    expect(await parquetReadObjects({ file: parquetOf(recordTable([])).buffer as ArrayBuffer })).toEqual([]);
  });
});

test('any text and number comes back from both', async () => {
  // A cell of CSV has no null beside the empty text.
  const texts = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.constant(null));
  const numbers = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
  const rows = fc.array(fc.tuple(texts, numbers), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(rows, async (made) => {
      const table = recordTableOf(made);
      expect(await parquetReadObjects({ file: parquetOf(table).buffer as ArrayBuffer })).toEqual(
        made.map(([a, b]) => ({ a, b })),
      );
      expect(readCsv(csvOf(table))).toEqual(made.map(([a, b]) => ({ a: a ?? '', b: b === null ? '' : String(b) })));
    }),
  );
});

function recordTableOf(rows: readonly (readonly [string | null, number | null])[]): ReturnType<typeof recordTable> {
  return {
    columns: [
      { name: 'a', kind: 'text', values: rows.map(([a]) => a) },
      { name: 'b', kind: 'number', values: rows.map(([, b]) => b) },
    ],
  };
}

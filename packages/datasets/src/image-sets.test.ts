import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ImageSet } from '@netspace/contracts';
import { bytesOf } from './fixtures/bytes-of.js';
import { type ImageRows, imageSets } from './image-sets.js';

/** Five images [2, 2, 3] behind a header of seven bytes; element i is i. */
const imageBytes = 12;
const labels = Uint16Array.of(4, 3, 2, 1, 0);
let directory: string;
let path: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'netspace-sets-'));
  path = join(directory, 'rows');
  writeFileSync(path, Buffer.concat([Buffer.alloc(7, 255), Buffer.from([...Array(5 * imageBytes).keys()])]));
});
afterAll(() => rmSync(directory, { recursive: true }));

const part = (rows: readonly number[], file = path): ImageRows => ({
  file: { path: file, headerBytes: 7, rowBytes: imageBytes, rows: 5 },
  interleaved: 3,
  labels,
  rows: Uint32Array.from(rows),
});
/** Channel, then pixel: element 12 row + 3 pixel + channel of the file. */
const planes = (row: number): number[] =>
  Array.from({ length: imageBytes }, (_, i) => imageBytes * row + 3 * (i % 4) + Math.floor(i / 4));

async function read({ images }: ImageSet, indices: readonly number[]): Promise<number[]> {
  if (typeof images !== 'function') throw new Error('expected images that are read on the way');
  const target = new Uint8Array(indices.length * imageBytes);
  await images(Uint32Array.from(indices), target);
  return [...target];
}

describe('imageSets(parts, mostBytes)', () => {
  const parts = (): { train: ImageRows; test: ImageRows } => ({ train: part([0, 2, 3]), test: part([1]) });
  const bytes = 4 * imageBytes;

  test('images that take mostBytes are in memory', async () => {
    const sets = await imageSets(parts(), bytes);
    expect([...bytesOf(sets.train)]).toEqual([0, 2, 3].flatMap(planes));
    expect([...sets.train.labels]).toEqual([4, 2, 1]);
    expect([...bytesOf(sets.test)]).toEqual(planes(1));
    expect(sets).not.toHaveProperty('contentRevision');
  });

  test('images that take more are read in whatever order they are asked for', async () => {
    const sets = await imageSets(parts(), bytes - 1);
    expect(sets.train).toMatchObject({ count: 3, labels: Uint16Array.of(4, 2, 1) });
    expect(await read(sets.train, [2, 0, 1])).toEqual([3, 0, 2].flatMap(planes));
    expect(await read(sets.test, [0])).toEqual(planes(1));
  });

  test('what identifies them depends on the bytes and the rows, not on the path', async () => {
    const revisionOf = async (train: ImageRows): Promise<string | undefined> =>
      (await imageSets({ train, test: part([1], train.file.path) }, 0)).contentRevision;
    const other = join(directory, 'other');
    writeFileSync(other, Buffer.concat([Buffer.alloc(7, 255), Buffer.from([...Array(5 * imageBytes).keys()])]));
    const revision = await revisionOf(part([0, 2]));
    expect(revision).toMatch(/^[0-9a-f]{64}$/);
    expect(await revisionOf(part([0, 2], other))).toBe(revision);
    expect(await revisionOf(part([0, 3]))).not.toBe(revision);
    writeFileSync(other, Buffer.concat([Buffer.alloc(7, 255), Buffer.alloc(5 * imageBytes)]));
    expect(await revisionOf(part([0, 2], other))).not.toBe(revision);
  });
});

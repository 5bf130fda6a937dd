import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Engine } from '@netspace/contracts';
import { loadEngine } from '@netspace/engine-reference';
import population from './fixtures/population-statistics.json' with { type: 'json' };
import { verifyDirectory } from './verify-directory.js';

let folder: string;
let engine: Engine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  const availability = await loadEngine();
  engine = availability.engine;
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, content: unknown): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
}

const tensor = (shape: number[], values: number[]): { shape: number[]; data: string } => ({
  shape,
  data: Buffer.from(Float32Array.from(values).buffer).toString('base64'),
});

/** y = 2 x by a 1x1 convolution, with gradient 1 everywhere: dx = 2, dweight = sum of x. */
const convolution = {
  ...{ kernel: 1, stride: 1, padding: 0, groups: 1 },
  x: tensor([1, 1, 1, 2], [3, 4]),
  weight: tensor([1, 1, 1, 1], [2]),
  y: tensor([1, 1, 1, 2], [6, 8]),
  dy: tensor([1, 1, 1, 2], [1, 1]),
  dx: tensor([1, 1, 1, 2], [2, 2]),
  dweight: tensor([1, 1, 1, 1], [7]),
};

describe('verifyDirectory(directory, engine)', () => {
  test('checks every reference file below the folder and names those that it has no check for', async () => {
    write('engine/conv2d.json', [convolution]);
    write('deep/er/regnet_widths.json', []);
    write('engine/unknown.json', '{');
    write('README.md', 'About these files.');
    const seen: string[] = [];
    const results = await verifyDirectory(folder, engine, ({ file }) => seen.push(file));
    expect(seen).toEqual(
      ['deep/er/regnet_widths.json', 'engine/conv2d.json', 'engine/unknown.json'].map((file) => join(folder, file)),
    );
    expect(results[1]).toMatchObject({ results: [{ cases: 1, worstError: 0, tolerance: 1e-5 }], outcome: 'passed' });
    expect(results[2]).toEqual({ file: join(folder, 'engine/unknown.json'), outcome: 'no check' });
    // Nothing compared is nothing verified.
    expect(results[0]).toMatchObject({ results: [{ cases: 0 }], outcome: 'failed' });
  });

  test.each([
    ['dweight', { dweight: tensor([1, 1, 1, 1], [7.001]) }, 0.001 / 7.001],
    ['y', { y: tensor([1, 1, 1, 2], [6, NaN]) }, Infinity],
    ['dx', { dx: tensor([1, 1, 1, 1], [2]) }, Infinity],
  ])('a wrong %s fails and is named', async (what, change, error) => {
    write('conv2d.json', [convolution, { ...convolution, ...change }]);
    const [result] = await verifyDirectory(folder, engine);
    expect(result).toMatchObject({ outcome: 'failed', results: [{ cases: 2, worstCase: `row 1: ${what}` }] });
    const worstError = result!.outcome === 'no check' ? NaN : result!.results[0]!.worstError;
    if (Number.isFinite(error)) expect(worstError).toBeCloseTo(error, 6);
    else expect(worstError).toBe(error);
  });

  test.each([
    ['[{', /conv2d\.json: .*JSON/],
    ['{}', /conv2d\.json: is no list of rows/],
    [[{ ...convolution, x: undefined }], /conv2d\.json: /],
    [
      [{ ...convolution, dy: { ...convolution.dy, data: convolution.dy.data.slice(0, 8) } }],
      /conv2d\.json: a tensor of shape \[1, 1, 1, 2\] has 6 bytes, not 8/,
    ],
  ])('a damaged file is named', async (content, message) => {
    write('conv2d.json', content);
    await expect(verifyDirectory(folder, engine)).rejects.toThrow(message);
  });

  test('NaN, as Python writes it, is read as null', async () => {
    const undefinedTest = JSON.stringify(population).replace('"t_p":null', '"t_p": NaN');
    expect(undefinedTest).toContain('NaN');
    write('population_statistics.json', undefinedTest);
    const [result] = await verifyDirectory(folder, engine);
    expect(result).toMatchObject({ outcome: 'passed', results: [{ cases: 2 }, { cases: 2 }] });
  });

  test('a folder without reference files, or none at all, is refused', async () => {
    await expect(verifyDirectory(folder, engine)).rejects.toThrow(/holds no reference file \(valid: .*conv2d\.json/);
    await expect(verifyDirectory(join(folder, 'none'), engine)).rejects.toThrow(/none: cannot be read: ENOENT/);
    write('other_statistics.json', []);
    await expect(verifyDirectory(folder, engine)).rejects.toThrow(
      /holds no reference file; no check for other_statistics\.json \(valid: anynet_complexity\.json, /,
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitRows } from './dataset-parts.js';

const labelsOf = (count: number, classes: number): Uint16Array =>
  Uint16Array.from({ length: count }, (_, row) => row % classes);

describe('splitRows(labels, { test, validation, seed })', () => {
  test('gives every row to one part, of each class its share rounded down, ascending', () => {
    const cases = fc.record({
      labels: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 100, maxLength: 200 }),
      hundredths: fc.tuple(fc.integer({ min: 5, max: 50 }), fc.integer({ min: 5, max: 49 })),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(cases, ({ labels, hundredths: [test, validation], seed }) => {
        const shares = { test: test / 100, validation: validation / 100, seed };
        const parts = splitRows(Uint16Array.from(labels), shares);
        const rows = [parts.train, parts.validation!, parts.test].map((part) => [...part.rows]);
        expect(rows.flat().sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const part of rows) expect(part).toEqual([...part].sort((a, b) => a - b));
        for (const label of new Set(labels)) {
          const images = labels.filter((other) => other === label).length;
          const ofClass = (part: Uint32Array): number => part.filter((row) => labels[row] === label).length;
          // In integers, where no share is rounded before it is taken.
          expect(ofClass(parts.test.rows)).toBe(Math.floor((images * test) / 100));
          expect(ofClass(parts.validation!.rows)).toBe(Math.floor((images * validation) / 100));
        }
      }),
    );
  });

  test('the same seed draws the same rows, another one others', () => {
    const draw = (seed: number): number[] => [
      ...splitRows(labelsOf(100, 2), { test: 0.2, validation: 0, seed }).test.rows,
    ];
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
    expect(draw(1)).not.toEqual([...Array(20).keys()]);
  });

  test('0.29 of a class of 100 images is 29', () => {
    expect(splitRows(labelsOf(100, 1), { test: 0.29, validation: 0, seed: 1 }).test.rows).toHaveLength(29);
  });

  test('a share of less than one image of each class is refused', () => {
    expect(() => splitRows(labelsOf(8, 2), { test: 0.2, validation: 0, seed: 1 })).toThrow(
      'dataset.split.test: 0.2 of each class is less than one image (valid: a larger share)',
    );
  });
});

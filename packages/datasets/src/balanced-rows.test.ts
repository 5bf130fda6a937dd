import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { balancedRows } from './balanced-rows.js';

/** The documented rule, acted out: the classes take turns. */
function takeTurns(labels: readonly number[], count: number): number[] {
  const queues = Array.from({ length: 10 }, (_, label) =>
    labels.flatMap((value, row) => (value === label ? [row] : [])),
  );
  const taken: number[] = [];
  while (taken.length < count) {
    for (const queue of queues) {
      const row = queue.shift();
      if (row !== undefined && taken.length < count) taken.push(row);
    }
  }
  return taken.sort((a, b) => a - b);
}

test('balancedRows(labels, count) lets the classes take turns in file order', () => {
  const cases = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1 })
    .chain((labels) => fc.integer({ min: 1, max: labels.length }).map((count) => ({ labels, count })));
  fc.assert(
    fc.property(cases, ({ labels, count }) => {
      expect([...balancedRows(Uint16Array.from(labels), count, 'trainImages')]).toEqual(takeTurns(labels, count));
    }),
  );
});

test('without a count it takes every row', () => {
  expect([...balancedRows(Uint16Array.of(3, 3, 1), undefined, 'trainImages')]).toEqual([0, 1, 2]);
});

test('more rows than there are: names the key and the limit', () => {
  expect(() => balancedRows(Uint16Array.of(3, 3, 1), 4, 'testImages')).toThrow(
    'testImages: got 4 (valid: 1 to 3, the images there are)',
  );
});

test('balancedRows(labels, count) knows 65,535 classes', () => {
  expect([...balancedRows(Uint16Array.of(65_534, 65_534, 0, 65_278), 3, 'trainImages')]).toEqual([0, 2, 3]);
});

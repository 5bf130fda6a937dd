import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatTable } from './format-table.js';

test('formatTable aligns text left and numbers right', () => {
  const table = formatTable(
    ['space', 'networks'],
    [
      ['A', 5],
      ['RegNetX', 100],
    ],
  );
  expect(table).toBe(['space    networks', 'A               5', 'RegNetX       100'].join('\n'));
});

test('formatTable writes more rows than a function can have arguments', () => {
  const rows = Array.from({ length: 300_000 }, (_, index) => ['layer', index]);
  expect(formatTable(['name', 'index'], rows).split('\n')).toHaveLength(rows.length + 1);
});

test('formatTable breaks the last column between words where the table is wider than a line', () => {
  const table = formatTable(['space', 'description'], [['A', 'four stages of their own']], 23);
  expect(table).toBe(['space  description', 'A      four stages of', '       their own'].join('\n'));
});

test('formatTable puts columns below, indented, where there is no room for a word of them', () => {
  const rows = [['A', 5, 'runs/mine/populations/A.json']];
  const table = formatTable(['space', 'networks', 'file'], rows, 30);
  expect(table).toBe(['space  networks', '  file', 'A             5', '  runs/mine/populations/A.json'].join('\n'));
});

test('formatTable has no line wider than asked for, wherever each word fits into one, and loses no word', () => {
  const word = fc.stringMatching(/^[a-z]{1,9}$/);
  const cell = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, word, cell), { minLength: 1 }),
      fc.integer({ min: 11, max: 60 }),
      (rows, width) => {
        const lines = formatTable(['a', 'b', 'c'], rows, width).split('\n');
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
        expect(lines.join(' ').match(/\w+/g)).toEqual(['a', 'b', 'c', ...rows.flat().join(' ').split(' ')]);
      },
    ),
  );
});

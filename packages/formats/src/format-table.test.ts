import { expect, test } from '@jest/globals';
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

test('formatTable breaks the last column between words where the table is wider than a line', () => {
  const table = formatTable(['space', 'description'], [['A', 'four stages of their own']], 23);
  expect(table).toBe(['space  description', 'A      four stages of', '       their own'].join('\n'));
});

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

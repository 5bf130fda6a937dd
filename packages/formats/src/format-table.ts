import { wrapText } from './wrap-text.js';

/** Where a column may not be narrower, in characters. */
const leastWidth = 16;

const gap = '  ';

/**
 * Rows as aligned columns: text to the left, numbers to the right; two spaces between columns.
 *
 * @param width - Characters of a line: where the table is wider, its last column is broken between words, down to a width
 * of 16; unlimited where it is left out.
 * @example
 * import { formatTable } from '@netspace/formats';
 * formatTable(['space', 'n'], [['A', 5]]); // => 'space  n\nA      5'
 */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  width = Infinity,
): string {
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const numeric = header.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join(gap)
      .trimEnd();
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + gap.length, 0);
  const lastWidth = Math.max(leastWidth, width - before);
  return cells.flatMap((row) => splitLast(row, lastWidth).map(line)).join('\n');
}

/** A row as one or more, where its last cell takes several lines. */
function splitLast(row: readonly string[], width: number): string[][] {
  const last = row.at(-1) ?? '';
  const [first = '', ...others] = wrapText(last, width).split('\n');
  const empty = row.slice(0, -1).map(() => '');
  return [[...row.slice(0, -1), first], ...others.map((part) => [...empty, part])];
}

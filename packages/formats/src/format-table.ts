import { wrapText } from './wrap-text.js';

const gap = '  ';

/**
 * Rows as aligned columns: text to the left, numbers to the right; two spaces between columns.
 *
 * @param width - Characters of a line; unlimited where it is left out. Where the table is wider, its last column is broken
 * between words; columns for which there is no room then stand below, indented.
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
  const columns = header.map((_, index) => ({
    index,
    width: longest(cells.map((row) => row[index] ?? '')),
    isNumeric: rows.every((row) => typeof row[index] === 'number'),
  }));
  const leastLast = longest(cells.flatMap((row) => (row.at(-1) ?? '').split(' ')));
  const lines = linesOf(columns, leastLast, width);
  return cells.flatMap((row) => lines.flatMap((line) => formatLine(row, line, width))).join('\n');
}

/** Characters of the longest text. There may be more texts than a function can have arguments. */
function longest(texts: readonly string[]): number {
  return texts.reduce((length, text) => Math.max(length, text.length), 0);
}

interface Column {
  readonly index: number;
  readonly width: number;
  readonly isNumeric: boolean;
}

/** The columns that share a line: as many as there is room for. The last one takes what is left, but no less than a word. */
function linesOf(columns: readonly Column[], leastLast: number, width: number): Column[][] {
  const lines: Column[][] = [[]];
  for (const column of columns) {
    const least = column === columns.at(-1) ? leastLast : column.width;
    const line = lines.at(-1)!;
    if (line.length > 0 && widthOf(line) + least > width) lines.push([column]);
    else line.push(column);
  }
  return lines;
}

/** Characters of a line's columns with the gap behind them; a line that goes on is indented by a gap. */
function widthOf(line: readonly Column[]): number {
  const indentation = line[0]?.index === 0 ? 0 : gap.length;
  return line.reduce((sum, column) => sum + column.width + gap.length, indentation);
}

/** The cells of a row that share a line; several lines where the last one is longer. */
function formatLine(row: readonly string[], line: readonly Column[], width: number): string[] {
  const [last] = line.slice(-1);
  const indentation = line[0]!.index === 0 ? '' : gap;
  const before = line
    .slice(0, -1)
    .map((column) => padded(row[column.index] ?? '', column) + gap)
    .join('');
  const wrapped = wrapText(padded(row[last!.index] ?? '', last!).trimEnd(), width - indentation.length - before.length);
  return wrapped
    .split('\n')
    .map((part, index) => (indentation + (index === 0 ? before : ' '.repeat(before.length)) + part).trimEnd());
}

function padded(text: string, { width, isNumeric }: Column): string {
  return isNumeric ? text.padStart(width) : text.padEnd(width);
}

import { parseConfig } from '@netspace/config-file';
import { type ImportedStudy, InvalidInputError } from '@netspace/contracts';
import { CsvError, type Info, parse } from 'csv-parse/sync';
import { type Columns, columnsSchema, type ErrorColumn, type SettingRows } from './columns.js';
import { gatherArms } from './gather-arms.js';
import { nameOfFile } from './name-of-file.js';
import type { Outcome, ResultRow } from './result-row.js';

/** A text and the name of its file, for messages. */
export interface NamedText {
  readonly text: string;
  readonly file: string;
}

/** A row of a table by column. */
interface TableRow {
  /** From 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Reads a table of results: a CSV file whose first line names the columns, and a YAML file that says what they are.
 *
 * An error that is `nan` or infinite is that of a training that diverged; a row without one is of a training that failed.
 *
 * @throws InvalidInputError for the first value that cannot be used: file, line, column, value and what would be valid.
 * @example
 * import { readTable } from '@netspace/imports';
 * const table = { file: 'nets.csv', text: 'block,width,top1\nx,16,12.5\nr,16,13.1\n' };
 * const columns = { file: 'columns.yaml', text: 'space: block\nerror: top1\nparameters: [width]\n' };
 * const { arms } = readTable(table, columns);
 * arms.map(({ name, networks }) => [name, networks[0]?.parameters]); // => [['x', { width: 16 }], ['r', { width: 16 }]]
 */
export function readTable(table: NamedText, columns: NamedText): ImportedStudy {
  const { header, rows } = parseTable(table);
  const read = parseConfig(columns.text, columns.file, columnsSchema(header));
  for (const key of ['error', 'validationError'] as const) checkUnit(rows, read[key], { file: columns.file, key });
  const results = read.settings.flatMap((setting) => {
    const own = rows.filter((row) => isOf(row, setting));
    if (own.length > 0) return own.map((row) => new CellReader(row, table.file).result(read, setting));
    const problem = `setting ${JSON.stringify(setting.name)} has no row of ${table.file}`;
    throw new InvalidInputError({
      file: columns.file,
      key: 'where',
      problem,
      expected: 'values that its columns have',
    });
  });
  return {
    name: read.name ?? nameOfFile(table.file),
    origin: 'a CSV table',
    compare: read.compare,
    matched: read.pair !== undefined,
    arms: gatherArms(results, table.file),
  };
}

/** As the parser gives it. */
interface ParsedLine {
  readonly record: readonly string[];
  readonly info: Pick<Info, 'lines'>;
}

function parseTable({ text, file }: NamedText): { readonly header: readonly string[]; readonly rows: TableRow[] } {
  try {
    const options = { bom: true, skip_empty_lines: true, trim: true, info: true };
    const [first, ...others] = parse(text, options) as unknown as readonly ParsedLine[];
    if (first === undefined)
      throw new InvalidInputError({ file, problem: 'is empty', expected: 'a line of column names' });
    const header = first.record;
    const twice = header.find((column, index) => header.indexOf(column) !== index);
    if (twice !== undefined) {
      const problem = `column ${JSON.stringify(twice)} is there twice`;
      throw new InvalidInputError({ file, line: first.info.lines, problem, expected: 'distinct names' });
    }
    const rows = others.map(({ record, info }) => ({
      line: info.lines,
      cells: Object.fromEntries(header.map((column, index) => [column, record[index]!])),
    }));
    return { header, rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? { line: error.lines } : {};
    throw new InvalidInputError({ file, ...line, problem: error.message }, { cause: error });
  }
}

/** Errors that are all at most 1 may be shares: which, the file of columns has to say. */
function checkUnit(
  rows: readonly TableRow[],
  column: ErrorColumn | undefined,
  place: { readonly file: string; readonly key: string },
): void {
  if (column === undefined || column.unit !== undefined) return;
  if (rows.some(({ cells }) => Number(cells[column.column]) > 1)) return;
  const problem = `no value of column ${JSON.stringify(column.column)} is above 1: it may be a share`;
  const expected = `{ column: ${column.column}, unit: share } or { column: ${column.column}, unit: per cent }`;
  throw new InvalidInputError({ ...place, problem, expected });
}

/** Whether a row has what a setting asks for. */
function isOf({ cells }: TableRow, { where }: SettingRows): boolean {
  return Object.entries(where).every(
    ([column, wanted]) => wanted === undefined || wanted.some((value) => isEqual(cells[column]!, value)),
  );
}

/** Whether a cell says a value of YAML: `True` is true and `0.0` is 0. */
function isEqual(cell: string, value: string | number | boolean): boolean {
  if (typeof value === 'number') return cell !== '' && Number(cell) === value;
  return cell.toLowerCase() === String(value).toLowerCase();
}

/** What of a cell would not be known without its column: `True`, `0.3`. */
const needsColumn = /^(true|false|[-+.\d].*)$/i;

/** The cells of one row by what they mean. */
class CellReader {
  constructor(
    private readonly row: TableRow,
    private readonly file: string,
  ) {}

  result(columns: Columns, setting: SettingRows): ResultRow {
    const { network, error, validationError, seconds, parameters, complexity, pair } = columns;
    const cell = this.cell(setting.space);
    return {
      line: this.row.line,
      setting: setting.name,
      space: needsColumn.test(cell) ? `${setting.space}=${cell}` : cell,
      network: network === undefined ? undefined : this.cell(network),
      outcome: this.outcome(error),
      validationError: validationError === undefined ? null : this.error(validationError),
      epochs: [],
      seconds: seconds === undefined ? null : this.number(seconds),
      complexity: Object.fromEntries(Object.entries(complexity).map(([of, column]) => [of, this.number(column)])),
      parameters: Object.fromEntries(parameters.map((column) => [column, this.number(column)])),
      config: null,
      pair: pair
        ?.filter((column) => column !== setting.space)
        .map((column) => `${column}=${this.row.cells[column]!}`)
        .join(', '),
    };
  }

  private outcome(column: ErrorColumn): Outcome {
    const cell = this.row.cells[column.column]!;
    if (cell === '') return { status: 'failed', message: `no ${column.is} is given` };
    if (/^[-+]?(nan|inf|infinity)$/i.test(cell)) return { status: 'diverged' };
    return { status: 'completed', error: this.error(column) };
  }

  /** In per cent. */
  private error({ column, is, unit = 'per cent' }: ErrorColumn): number {
    const value = this.number(column);
    const most = unit === 'share' ? 1 : 100;
    if (value < 0 || value > most) this.refuse(column, `a number of 0 to ${most}, as ${is} in ${unit}`);
    const share = value / most;
    return 100 * (is === 'accuracy' ? 1 - share : share);
  }

  private number(column: string): number {
    const cell = this.cell(column);
    const value = /^(true|false)$/i.test(cell) ? Number(cell.toLowerCase() === 'true') : Number(cell);
    return Number.isFinite(value) ? value : this.refuse(column, 'a number');
  }

  private cell(column: string): string {
    const cell = this.row.cells[column]!;
    return cell === '' ? this.refuse(column, 'a value') : cell;
  }

  private refuse(column: string, expected: string): never {
    const problem = `got ${JSON.stringify(this.row.cells[column])}`;
    throw new InvalidInputError({ file: this.file, line: this.row.line, key: column, problem, expected });
  }
}

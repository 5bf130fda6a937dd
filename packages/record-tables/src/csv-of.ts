import { stringify } from 'csv-stringify/sync';
import type { RecordTable } from './record-table.js';

/**
 * A table as CSV (RFC 4180): a line of names, then a line a row; empty where there is no value.
 *
 * @example
 * import { csvOf } from '@netspace/record-tables';
 * csvOf({ columns: [{ name: 'arm', kind: 'text', values: ['a, b'] }, { name: 'error', kind: 'number', values: [null] }] }); // => 'arm,error\n"a, b",\n'
 */
export function csvOf({ columns }: RecordTable): string {
  const rows = (columns[0]?.values ?? []).map((_, row) => columns.map(({ values }) => values[row]));
  return stringify([columns.map(({ name }) => name), ...rows]);
}

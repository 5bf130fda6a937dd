import { parquetWriteBuffer } from 'hyparquet-writer';
import type { RecordTable } from './record-table.js';

/**
 * A table as a Parquet file: texts as strings, numbers in double precision, null where there is no value.
 *
 * @example
 * import { parquetOf } from '@netspace/record-tables';
 * const bytes = parquetOf({ columns: [{ name: 'error', kind: 'number', values: [12.5, null] }] });
 * new TextDecoder().decode(bytes.subarray(0, 4)); // => 'PAR1'
 */
export function parquetOf({ columns }: RecordTable): Uint8Array {
  const columnData = columns.map(({ name, kind, values }) => ({
    ...{ name, data: [...values], nullable: true },
    type: kind === 'text' ? ('STRING' as const) : ('DOUBLE' as const),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

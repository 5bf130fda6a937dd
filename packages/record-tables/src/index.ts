export { type Column, recordTable, type RecordTable } from './record-table.js';
export { csvOf } from './csv-of.js';
export { parquetOf } from './parquet-of.js';

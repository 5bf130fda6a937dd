export { datasetSchema, type DatasetSpec, loadDataset } from './load-dataset.js';
export type { LoadOptions } from './dataset-kind.js';
export { type BatchSourceOptions, createBatchSource } from './batch-source.js';

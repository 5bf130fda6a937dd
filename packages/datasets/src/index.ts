// Which images
export { datasetSchema, type DatasetSpec, type PluginDatasetSpec } from './dataset-schema.js';
export { type DatasetOptions, describeDataset, loadDataset } from './load-dataset.js';

// What they are
export { checkDataset } from './check-dataset.js';
export { describeContent } from './describe-content.js';

// Batches
export { type BatchSourceOptions, createBatchSource } from './batch-source.js';

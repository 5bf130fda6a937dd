export { type OpenStore, recordStoreConformance, type RecordStoreCase } from './record-store-conformance.js';

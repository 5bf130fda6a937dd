export { loadBackends, loadEngine, type BackendAvailability } from './load-backends.js';
export type { BackendDescription, BackendName } from './backend.js';

export { loadBackends, loadEngine, type BackendAvailability } from './load-backends.js';
export type { BackendDescription, BackendName } from './backend.js';
export { groupedConv2d } from './kernels/registered-kernels.js';
export type { Convolution, Window } from './kernels/kernel-set.js';

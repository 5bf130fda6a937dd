export { loadBackends, loadEngine, type BackendAvailability } from './load-backends.js';
export type { BackendDescription, BackendName } from './backend.js';
export { saveGraphModel } from './export/graph-model.js';
export { saveLayersModel } from './export/layers-model.js';
export { saveSavedModel } from './export/saved-model.js';
export { groupedConv2d } from './kernels/registered-kernels.js';
export type { Convolution, Window } from './kernels/kernel-set.js';

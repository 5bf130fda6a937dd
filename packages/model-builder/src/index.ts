// Networks
export { bottleneckWidth } from './block-options.js';
export { buildGraph } from './build-graph.js';
export { compatibleStages } from './compatible-stages.js';
export { initialState } from './initial-state.js';
export { maximumBlocks } from './limits.js';
export { networkConfigSchema } from './network-config-schema.js';
export { networkProblem, type NetworkProblem } from './network-problem.js';

// Complexity
export { complexityOf } from './complexity-of.js';
export { layerTable, type LayerRow } from './layer-table.js';

// Blocks and stems
export { checkArchitecture } from './check-architecture.js';
export { shippedArchitecture } from './shipped-architecture.js';

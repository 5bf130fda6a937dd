// Spaces
export type { DesignSpace, Parameter, SpaceKind } from './design-space.js';
export type { DesignSpaceDefinition, ParameterDefinition } from './definition-schema.js';
export { defineDesignSpace, designSpaceSchema, findDesignSpace, readDesignSpace } from './design-space-schema.js';
export { designSpaceNames } from './resolve-space.js';
export { degreesOfFreedom } from './degrees-of-freedom.js';
export { sizeOf, type SpaceSize } from './size-of.js';

// Sampling
export { type Distribution, type DistributionName, draw } from './distributions.js';
export { networkId } from './network-id.js';
export { imagenetSetting, type NetworkSetting } from './network-setting.js';
export { type PopulationRequest, samplePopulation } from './sample-population.js';

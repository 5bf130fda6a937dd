// Spaces
export type { DesignSpace, Parameter, SpaceKind, Stride } from './design-space.js';
export type { DesignSpaceDefinition, ParameterDefinition } from './definition-schema.js';
export { defineDesignSpace, findDesignSpace } from './define-design-space.js';
export { designSpaceListSchema, designSpaceSchema } from './design-space-schema.js';
export { formatDesignSpaceChain } from './format-design-space-chain.js';
export { formatDesignSpace } from './format-design-space.js';
export { designSpaceNames } from './resolve-space.js';
export type { SpaceEntry } from './resolve-space-list.js';
export type { SpaceFinder, SpaceOptions } from './space-options.js';

// Degrees of freedom and size
export { degreesOfFreedom } from './degrees-of-freedom.js';
export { formatSize } from './format-size.js';
export { sizeOf, type SpaceSize } from './size-of.js';

// Distributions
export { type Distribution, type Distributions, draw } from './distribution.js';
export { shippedDistributions } from './shipped-distributions.js';

// Sampling
export { includesNetwork, type NetworkTest } from './includes-network.js';
export { networkId } from './network-id.js';
export { imagenetSetting, type NetworkSetting } from './network-setting.js';
export type { PopulationRequest } from './population-request.js';
export { samplePopulation } from './sample-population.js';

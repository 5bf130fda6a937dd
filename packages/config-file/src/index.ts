// Files
export { parseConfig } from './parse-config.js';
export { topLevelKeys } from './top-level-keys.js';
export type { YamlVersion } from './yaml-document.js';

// Schemas
export { quantitySchema } from './quantity-schema.js';

// Messages
export { formatKey } from './format-key.js';
export { didYouMean, suggestion, unknownName, type UnknownName } from './suggestion.js';

// Issues of schemas
export { knownKeys } from './known-keys.js';
export { type Issue, mostTelling } from './most-telling.js';

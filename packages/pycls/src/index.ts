export type { AnyNet } from './any-net.js';
export { formatPyclsConfig } from './format-pycls-config.js';
export { isPyclsConfig } from './is-pycls-config.js';
export { networkConfigOfAnyNet } from './network-config-of-any-net.js';
export { parsePyclsConfig } from './parse-pycls-config.js';

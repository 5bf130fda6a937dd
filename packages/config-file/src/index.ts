export { parseConfig } from './parse-config.js';
export { readConfig } from './read-config.js';

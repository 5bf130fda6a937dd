export { readConfig } from './read-config.js';
export { readText } from './read-text.js';

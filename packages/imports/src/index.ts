export { type NamedText, readTable } from './read-table.js';
export { readJsonLines } from './read-json-lines.js';
export { readSweeps } from './read-sweep.js';

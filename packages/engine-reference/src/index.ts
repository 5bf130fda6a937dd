export { loadEngine } from './load-engine.js';
